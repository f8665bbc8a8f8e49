import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { membersOf } from '../builders/read-zip.ts';
import { rosterferry } from '../cli/rosterferry.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const CONNECTIONS: Readonly<Record<string, string>> = {
  'course-requests-to-sis': 'lakes',
  'nightly-sis-to-enrollment': 'riverside',
  'pre-enrolled-and-future': 'hudson',
  'registrations-into-sis': 'mesa',
  'state-agency-to-oneroster': 'agency',
};

/** Text by name; of a zip, or of the folder that stands for one, its members. */
async function textsIn(folder: string): Promise<Record<string, unknown>> {
  const texts: Record<string, unknown> = {};
  for (const name of (await readdir(folder)).filter((one) => !one.startsWith('.'))) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) texts[name] = await textsIn(path);
    else
      texts[name] = name.endsWith('.zip')
        ? await membersOf(await readFile(path))
        : await readFile(path, 'utf8');
  }
  return texts;
}

describe('examples/', () => {
  const copies: string[] = [];
  after(() => Promise.all(copies.map((copy) => rm(copy, { recursive: true }))));

  async function copyOf(example: string): Promise<string> {
    const copy = await mkdtemp(join(tmpdir(), 'rosterferry-example-'));
    copies.push(copy);
    await cp(join(EXAMPLES, example), copy, { recursive: true });
    // Nobody is still writing these files, so nobody has to wait for them to be whole.
    const config = join(copy, 'rosterferry.yaml');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace('path: inbound }', 'path: inbound, ready: { quiet: 1ms } }'));
    return copy;
  }

  it('are all known here and listed on their page', async () => {
    const folders = (await readdir(EXAMPLES, { withFileTypes: true })).filter((one) => one.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).to.deep.equal(Object.keys(CONNECTIONS));
    const page = await readFile(join(EXAMPLES, 'README.md'), 'utf8');
    for (const { name } of folders) expect(page).to.include(`(${name}/README.md)`);
  });

  for (const [example, connection] of Object.entries(CONNECTIONS))
    it(`${example} is in order and delivers what it says`, async () => {
      const cwd = await copyOf(example);
      const checked = await rosterferry(['check'], { cwd });
      expect(checked.stderr).to.equal('');
      expect(checked.exit).to.equal(0);
      const ran = await rosterferry(['--json', 'run', connection, '--as-of', '2026-11-22'], { cwd });
      expect(ran.exit, ran.stderr).to.equal(0);
      expect(JSON.parse(ran.stdout)).to.have.property('balanced', true);
      expect(await textsIn(join(cwd, 'outbound'))).to.deep.equal(await textsIn(join(cwd, 'expected')));
      expect((await rosterferry(['verify'], { cwd })).exit).to.equal(0);
    });

  it('registrations-into-sis sends whom a person has matched, and asks no more', async () => {
    const cwd = await copyOf('registrations-into-sis');
    const first = JSON.parse((await rosterferry(['--json', 'run', 'mesa'], { cwd })).stdout);
    const sheet = join(cwd, 'review.csv');
    await rosterferry(['review', first.run.id, '--export', sheet], { cwd });
    const asked = await readFile(sheet, 'utf8');
    expect(asked).to.match(/R-9003.*004712/);
    expect(asked).to.match(/R-9005/);
  });
});
