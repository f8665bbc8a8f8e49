import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readKnownHosts } from '../../src/sftp/known-hosts.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { rosterferry } from './rosterferry.ts';

describe('rosterferry trust', () => {
  const newTempFolder = useTempFolders();
  let cwd: string;
  let server: Ssh2Server;
  let where: string;
  before(async () => {
    server = await startSsh2Server();
    where = `127.0.0.1:${server.access.port}`;
  });
  after(() => server.stop());
  beforeEach(async () => {
    cwd = await newTempFolder();
  });
  const trust = (...args: string[]) => rosterferry(['trust', ...args], { cwd });
  const told = () => ['--yes', '--fingerprint', server.hostKeys.ed25519];
  const trusted = (path: string) =>
    readKnownHosts(readFileSync(path, 'utf8'), '127.0.0.1', server.access.port).trusted;

  function configure(): void {
    const sftp = `{ type: sftp, host: 127.0.0.1, port: ${server.access.port}, username: ferry, password: env:P, known_hosts: "file:keys/hosts", path: ${server.folder} }`;
    writeFileSync(
      join(cwd, 'rosterferry.yaml'),
      `version: 1\nconnections:\n  north:\n    source: ${sftp}\n    files: { students: { match: "*.csv", mapping: m.yaml } }\n    eligibility: { statuses: { active: [A], inactive: [I] } }\n    destination: { type: local, path: out }\n`,
    );
    writeFileSync(
      join(cwd, 'm.yaml'),
      'version: 1\nrecord: students\nwrite: { file: o.csv }\nidentity: { id: ID, status: S, birth_date: { column: D, format: yyyy-MM-dd }, school: C }\nfields: { id: ID }\n',
    );
  }

  it('writes the line that was told, shows every key, and logs in nowhere', async () => {
    const { exit, stdout, stderr } = await trust(where, ...told());
    expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
    for (const fingerprint of Object.values(server.hostKeys)) expect(stdout).to.contain(fingerprint);
    const file = join(cwd, 'secrets/known_hosts');
    expect(trusted(file)).to.deep.equal([server.hostKeys.ed25519]);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(server.logins).to.deep.equal([]);
    expect((await trust(where, ...told())).stdout).to.contain('has it already');
  });

  it('writes the file of the connection, by its name and by its host', async () => {
    configure();
    expect((await trust('north', ...told())).exit).to.equal(0);
    expect(trusted(join(cwd, 'keys/hosts'))).to.deep.equal([server.hostKeys.ed25519]);
    expect((await trust(where, ...told())).stdout).to.contain('has it already');
    expect(existsSync(join(cwd, 'secrets'))).to.equal(false);
    const { exit, stderr } = await trust('north', 'destination', ...told());
    expect(exit).to.equal(2);
    expect(stderr).to.contain('no SFTP host as its destination');
  });

  it('shows the keys and writes nothing where nobody can be asked', async () => {
    const { exit, stdout, stderr } = await trust(where);
    expect(exit).to.equal(2);
    expect(stdout).to.contain(server.hostKeys.ed25519);
    expect(stderr).to.match(/^error\[usage\]: .*no terminal.*--yes --fingerprint/);
    const asDocument = JSON.parse((await rosterferry(['--json', 'trust', where], { cwd })).stdout);
    expect(asDocument).to.include({ host: '127.0.0.1', written: false });
    expect(asDocument.keys).to.have.length(2);
    expect(existsSync(join(cwd, 'secrets'))).to.equal(false);
  });

  it('refuses a key that was not told, and one beside another key, in words that name both', async () => {
    const wrong = `SHA256:${'A'.repeat(43)}`;
    const first = await trust(where, '--yes', '--fingerprint', wrong);
    expect(first.exit).to.equal(6);
    expect(first.stderr).to.contain(wrong).and.contain(server.hostKeys.ed25519);
    expect((await trust(where, ...told())).exit).to.equal(0);
    const other = ['--yes', '--fingerprint', server.hostKeys.ecdsa];
    const second = await trust(where, ...other);
    expect(second.exit).to.equal(6);
    expect(second.stderr)
      .to.contain(server.hostKeys.ecdsa)
      .and.contain(server.hostKeys.ed25519)
      .and.contain('--replace');
    const file = join(cwd, 'secrets/known_hosts');
    expect(trusted(file)).to.deep.equal([server.hostKeys.ed25519]);
    expect((await trust(where, ...other, '--replace')).exit).to.equal(0);
    expect(trusted(file)).to.deep.equal([server.hostKeys.ecdsa]);
  });

  for (const [args, said] of [
    [['--yes'], '--yes trusts nothing by itself'],
    [['--yes', '--fingerprint', 'MD5:aa'], 'is no fingerprint'],
  ] as const)
    it(`does not take ${args.join(' ')}`, async () => {
      const { exit, stderr } = await trust(where, ...args);
      expect(exit).to.equal(2);
      expect(stderr).to.contain(said);
    });

  it('says what a host looks like, and that a host is not there', async () => {
    expect((await trust('a b', ...told())).stderr).to.contain('neither a connection nor a host');
    expect((await trust('127.0.0.1:1', ...told())).exit).to.equal(6);
  });
});
