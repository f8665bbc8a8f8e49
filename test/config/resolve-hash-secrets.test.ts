import { chmod, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { expect } from 'chai';
import { errorsOf } from '../../src/cli/print-error.ts';
import type { LoadedMapping } from '../../src/config/load-mapping.ts';
import { resolveHashSecrets } from '../../src/config/resolve-hash-secrets.ts';
import { describePlace } from '../../src/errors/app-error.ts';
import { GOOD_FILES, GOOD_MAPPING, loadProject, mistakesOf, withProject } from './project.ts';

const FIELDS = `  a: { column: X, apply: [ { hash: { secret: env:KEY_A } } ] }
  b: { column: X, apply: [ trim, { hash: { secret: "file:key.txt" } } ] }
  c: { column: X, apply: [ { hash: { secret: env:KEY_A } } ] }
`;
/** HMAC-SHA-256 of `004711`, as openssl makes it. */
const UNDER_ORANGE = '09a5e1cb';

function projectWith(fields: string): Record<string, string> {
  return { ...GOOD_FILES, 'mappings/students.yaml': GOOD_MAPPING + fields };
}

async function mappingOf(folder: string): Promise<LoadedMapping> {
  const file = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
  if (!file) throw new Error('the mapping was not loaded');
  return file;
}

describe('config/resolve-hash-secrets', () => {
  it('resolves each secret once, a file beside the mapping, without the new line at its end', async () => {
    await withProject({ ...projectWith(FIELDS), 'mappings/key.txt': 'orange\n' }, async (folder) => {
      const keyedHash = await resolveHashSecrets(await mappingOf(folder), { KEY_A: 'orange' });
      const pseudonym = keyedHash('env:KEY_A')('004711');
      expect(pseudonym).to.match(/^[0-9a-f]{64}$/);
      expect(pseudonym.slice(0, 8)).to.equal(UNDER_ORANGE);
      expect(keyedHash('file:key.txt')('004711')).to.equal(pseudonym);
      expect(() => keyedHash('env:OTHER')).to.throw(/not resolved/);
    });
  });

  it('says every secret that is not there, and where the mapping names it', async () => {
    await withProject(projectWith(FIELDS), async (folder) => {
      const mapping = await mappingOf(folder);
      const thrown = await resolveHashSecrets(mapping, {}).then(
        () => undefined,
        (error) => error,
      );
      const lines = errorsOf(thrown).map(({ code, place, message }) =>
        `${code} ${place && describePlace(place)}: ${message}`.replaceAll(folder + sep, ''),
      );
      expect(lines[0]).to.equal(
        'secret_missing mappings/students.yaml:13:46: hash refers to the environment variable KEY_A, which is not set',
      );
      expect(lines[1]).to.match(
        /^secret_missing mappings.students\.yaml:\d+:\d+: hash refers to .*key\.txt, which is not there$/,
      );
      expect(lines).to.have.lengthOf(2);
    });
  });

  it('refuses a file that other accounts can read', async () => {
    await withProject(projectWith(FIELDS), async (folder) => {
      const path = join(folder, 'mappings/key.txt');
      await writeFile(path, 'orange');
      await chmod(path, 0o644);
      const thrown = await resolveHashSecrets(await mappingOf(folder), { KEY_A: 'x' }).catch(
        (error) => error,
      );
      expect(String(thrown)).to.include('other accounts');
    });
  });

  it('refuses a secret that is written out, without saying it', async () => {
    for (const step of ['{ hash: { secret: orange } }', '{ hash: orange }', '{ hash: [ orange ] }']) {
      const found = await mistakesOf(projectWith(`  a: { column: X, apply: [ ${step} ] }\n`));
      expect(found.join(), step).to.match(/^(secret_literal|config_invalid)/);
      expect(found.join(), step).not.to.include('orange');
    }
  });
});
