import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorsOf } from '../../src/cli/print-error.ts';
import type { SftpEndpoint } from '../../src/config/config-schema.ts';
import { resolveAccess } from '../../src/config/resolve-secrets.ts';
import { destinationSchema } from '../../src/deliver/schema.ts';

const PIN = `SHA256:${'A'.repeat(43)}`;
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n';

function endpoint(more: object): SftpEndpoint {
  const settings = destinationSchema.parse({
    type: 'sftp',
    host: 'h',
    username: 'u',
    path: '/in',
    host_key: PIN,
    ...more,
  });
  if (settings.type !== 'sftp') throw new Error('no SFTP endpoint');
  return settings;
}

describe('config/resolve-secrets', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosterferry-secrets-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function secretFile(name: string, content: string, mode = 0o600): Promise<string> {
    await writeFile(join(folder, name), content);
    await chmod(join(folder, name), mode);
    return `file:${name}`;
  }

  async function refusal(more: object, env: Record<string, string> = {}): Promise<string[]> {
    const placeOf = (key: string) => ({ file: key });
    const thrown = await resolveAccess(endpoint(more), folder, env, placeOf).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown, 'a refusal').to.be.an('error');
    return errorsOf(thrown).map(({ code, place, message, hint }) =>
      `${code} ${place?.file}: ${message} | ${hint}`.replaceAll(folder, ''),
    );
  }

  it('reads secrets from the environment and from files', async () => {
    const more = {
      password: 'env:FERRY_PASSWORD',
      private_key: await secretFile('key', KEY),
      passphrase: await secretFile('phrase', ' a b \r\n'),
      timeout: '2m',
    };
    expect(await resolveAccess(endpoint(more), folder, { FERRY_PASSWORD: 'p w' })).to.deep.equal({
      host: 'h',
      port: 22,
      username: 'u',
      password: 'p w',
      privateKey: KEY,
      passphrase: ' a b ',
      trustedHostKeys: [PIN],
      timeoutMs: 120_000,
    });
  });

  it('takes the padding off a fingerprint, as ssh prints none', async () => {
    const access = await resolveAccess(endpoint({ password: 'env:P', host_key: `${PIN}=` }), folder, {
      P: 'x',
    });
    expect(access.trustedHostKeys).to.deep.equal([PIN]);
  });

  it('names every secret that is not there, at once and with its place', async () => {
    await secretFile('empty', '\n');
    expect(
      await refusal({ password: 'env:NOT_SET', private_key: 'file:not-there', passphrase: 'file:empty' }),
    ).to.deep.equal([
      'secret_missing password: password refers to the environment variable NOT_SET, which is not set | Set NOT_SET in the environment of Rosterferry.',
      'secret_missing private_key: private_key refers to /not-there, which is not there | Create the file, readable for the account of Rosterferry alone, or mend the path.',
      'secret_missing passphrase: passphrase refers to the file empty, which is empty | Put the secret into it.',
    ]);
    expect(await refusal({ password: 'env:BLANK' }, { BLANK: '' })).to.have.lengthOf(1);
  });

  for (const mode of [0o640, 0o604, 0o660, 0o777]) {
    it(`refuses a file of mode ${mode.toString(8)} and says what to type`, async () => {
      const ref = await secretFile('open', 'CANARY', mode);
      const found = await refusal({ password: ref });
      expect(found).to.deep.equal([
        'secret_missing password: password refers to /open, which other accounts of this machine can open | Type: chmod 600 /open',
      ]);
      expect(found.join()).not.to.include('CANARY');
    });
  }

  it('trusts the keys of a known_hosts file, which anybody may read', async () => {
    const blob = Buffer.concat([
      Buffer.from([0, 0, 0, 11]),
      Buffer.from('ssh-ed25519'),
      Buffer.from([0, 0, 0, 1, 7]),
    ]);
    const ref = await secretFile('known_hosts', `h ssh-ed25519 ${blob.toString('base64')}\n`, 0o644);
    const more = { password: 'env:P', host_key: undefined, known_hosts: ref };
    const { trustedHostKeys } = await resolveAccess(endpoint(more), folder, { P: 'x' });
    expect(trustedHostKeys).to.have.lengthOf(1);
    expect(trustedHostKeys[0]).to.match(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('refuses a known_hosts file that does not know the host', async () => {
    const ref = await secretFile('known_hosts', 'other ssh-ed25519 AAAA\n', 0o644);
    const found = await refusal({ password: 'env:P', host_key: undefined, known_hosts: ref }, { P: 'x' });
    expect(found).to.deep.equal([
      'secret_missing known_hosts: known_hosts has no key of h at port 22 that can be trusted | Ask the owner of the host for its fingerprint, then type: rosterferry trust h:22.',
    ]);
  });
});
