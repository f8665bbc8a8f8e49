import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry, startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';
import { closedPort } from '../doubles/closed-port.ts';
import { PASSWORD, type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';
const OTHER_KEY = `SHA256:${'A'.repeat(43)}`;
const RUN = ['run', 'north', '--as-of', '2026-11-22'];

let project: Project;
let server: Ssh2Server;

interface Dials {
  port?: number;
  hostKey?: string;
}

function endpoint({ port = server.access.port, hostKey = server.hostKeys.ed25519 }: Dials = {}): string {
  return `type: sftp, host: 127.0.0.1, port: ${port}, username: ferry, password: env:FERRY_PASSWORD, host_key: "${hostKey}", path: ${server.folder}, timeout: 2s`;
}

async function projectFrom(source: string): Promise<void> {
  project = await makeProject({
    connection: CONNECTION.replace('type: local, path: inbound,', `${source},`).concat(
      'schedule: { every: 1s }\n',
    ),
  });
}

async function projectInto(destination: string): Promise<void> {
  project = await makeProject({ connection: CONNECTION.replace('type: local, path: outbound', destination) });
  await project.drop({ 'students.csv': STUDENTS });
}

function type(args: readonly string[], password: string): Promise<Ended> {
  return rosterferry(args, { cwd: project.folder, env: { FERRY_PASSWORD: password } });
}

describe('an SFTP host that does not let us in', () => {
  beforeEach(async () => {
    server = await startSsh2Server({ methods: ['password'] });
  });
  afterEach(async () => {
    await server.stop();
    await project.remove();
  });

  it('because the password is wrong: exit 6 after one attempt, and the password is shown nowhere', async () => {
    await projectFrom(endpoint());
    const { exit, stdout, stderr } = await type(RUN, 'wrong battery staple');
    expect(exit, stderr).to.equal(6);
    expect(stderr).to.match(/^error\[login_refused\]: .*127\.0\.0\.1.*\n$/);
    expect(stdout + stderr).not.to.include('battery');
    expect([server.logins, server.connections()]).to.deep.equal([['password'], 1]);
    expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
  });

  it('because the password is wrong, asked by check: one attempt', async () => {
    await projectFrom(endpoint());
    expect((await type(['check'], 'wrong battery staple')).exit).to.equal(6);
    expect(server.logins).to.deep.equal(['password']);
  });

  it('and a daemon that asks every second tries a wrong password once', async () => {
    await projectFrom(endpoint());
    const env = { FERRY_PASSWORD: 'wrong battery staple' };
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder, env });
    await waitForLine(child, 'login_refused');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGTERM');
    const { exit, stderr } = await ended;
    expect(exit, stderr).to.equal(0);
    expect(stderr).not.to.include('battery');
    expect(server.logins).to.deep.equal(['password']);
  });

  it('because it shows another key: exit 6, both fingerprints, and nothing was sent', async () => {
    await projectFrom(endpoint({ hostKey: OTHER_KEY }));
    const { exit, stderr } = await type(RUN, PASSWORD);
    expect(exit, stderr).to.equal(6);
    expect(stderr).to.match(/^error\[host_key_changed\]: /);
    expect(stderr).to.include(OTHER_KEY).and.to.include(server.hostKeys.ed25519);
    expect(server.logins).to.deep.equal([]);
  });

  it('because nobody listens: exit 6, host and port named', async () => {
    const port = await closedPort();
    await projectFrom(endpoint({ port }));
    const { exit, stderr } = await type(RUN, PASSWORD);
    expect(exit, stderr).to.equal(6);
    expect(stderr).to.match(new RegExp(`^error\\[host_unreachable\\]: .*127\\.0\\.0\\.1:${port}`));
  });

  const REFUSALS: readonly [why: string, code: string, dials: Dials, password: string][] = [
    ['the password is wrong', 'login_refused', {}, 'wrong battery staple'],
    ['it shows another key', 'host_key_changed', { hostKey: OTHER_KEY }, PASSWORD],
  ];
  for (const [why, code, dials, password] of REFUSALS) {
    it(`at the destination, because ${why}: exit 6, and the drop stays at the source`, async () => {
      await projectInto(endpoint(dials));
      const { exit, stderr } = await type(RUN, password);
      expect(exit, stderr).to.equal(6);
      expect(stderr).to.match(new RegExp(`^error\\[${code}\\]: `));
      expect(server.logins.length).to.be.at.most(1);
      expect(await project.read(join(project.inbound, 'students.csv'))).to.equal(STUDENTS);
      expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
    });
  }
});
