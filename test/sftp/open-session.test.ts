import { createServer } from 'node:net';
import { expect } from 'chai';
import { openSftp } from '../../src/sftp/open-session.ts';
import type { SftpAccess } from '../../src/sftp/schema.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { startProxy } from '../doubles/proxy.ts';
import { type ServerDials, type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { findSshd, startSshd } from '../doubles/sshd.ts';

const WRONG_PIN = `SHA256:${'A'.repeat(43)}`;

describe('openSftp: host keys and logins', () => {
  const servers: Ssh2Server[] = [];
  const serve = async (dials: ServerDials = {}) => {
    const server = await startSsh2Server({ timeoutMs: 600, ...dials });
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  const opens = async (access: SftpAccess) => {
    const session = await openSftp(access);
    await session.close();
  };

  it('logs in with a password and with a key, with one attempt each', async () => {
    const server = await serve();
    await opens(server.access);
    await opens(server.keyAccess);
    expect(server.logins.filter((method) => method === 'password')).to.have.length(1);
    // The key is offered, then used for a signature: two messages of one attempt.
    expect(server.logins).to.deep.equal(['password', 'publickey', 'publickey']);
  });

  it('tries a wrong password exactly once', async () => {
    const server = await serve();
    const fault = await faultOf(openSftp({ ...server.access, password: 'wrong' }));
    expect(fault.code).to.equal('login_refused');
    expect(fault.transient).to.equal(false);
    expect(fault.message).to.not.contain('wrong');
    expect(server.logins).to.deep.equal(['password']);
    expect(server.connections()).to.equal(1);
  });

  it('tries a key that is not known exactly once, and no password after it', async () => {
    const [server, other] = [await serve(), await serve()];
    const access = { ...server.access, privateKey: other.keyAccess.privateKey ?? '' };
    expect((await faultOf(openSftp(access))).code).to.equal('login_refused');
    expect(server.logins).to.deep.equal(['publickey']);
  });

  it('answers by keyboard-interactive where the host takes passwords in no other way', async () => {
    const server = await serve({ methods: ['keyboard-interactive', 'publickey'] });
    await opens(server.access);
    expect((await faultOf(openSftp({ ...server.access, password: 'no' }))).code).to.equal('login_refused');
    expect(server.logins.filter((method) => method === 'keyboard-interactive')).to.have.length(2);
  });

  it('refuses a host with another key before any credential is sent', async () => {
    const server = await serve();
    const fault = await faultOf(openSftp({ ...server.access, trustedHostKeys: [WRONG_PIN] }));
    expect(fault.code).to.equal('host_key_changed');
    expect(fault.message).to.contain(WRONG_PIN).and.contain(server.hostKeys.ed25519);
    expect(server.logins).to.deep.equal([]);
  });

  it('finds the pinned key among those that the host has, with or without padding', async () => {
    const server = await serve();
    await opens({ ...server.access, trustedHostKeys: [server.hostKeys.ecdsa] });
    await opens({ ...server.access, trustedHostKeys: [WRONG_PIN, `${server.hostKeys.ed25519}=`] });
    const access = { ...server.access, trustedHostKeys: [server.hostKeys.ecdsa], password: 'wrong' };
    expect((await faultOf(openSftp(access))).code).to.equal('login_refused');
    expect(server.logins).to.deep.equal(['password', 'password', 'password']);
  });

  it('trusts nobody where nothing is pinned', async () => {
    const server = await serve();
    expect((await faultOf(openSftp({ ...server.access, trustedHostKeys: [] }))).code).to.equal(
      'host_key_changed',
    );
    expect(server.logins).to.deep.equal([]);
  });
});

describe('openSftp: hosts that cannot be reached', () => {
  const to = (port: number, host = '127.0.0.1'): SftpAccess => ({
    host,
    port,
    username: 'ferry',
    password: 'x',
    trustedHostKeys: [WRONG_PIN],
    timeoutMs: 300,
  });

  it('names a port at which nothing listens and a name without address', async () => {
    const proxy = await startProxy(1);
    await proxy.close();
    const refused = await faultOf(openSftp(to(proxy.port)));
    expect(refused.code).to.equal('host_unreachable');
    expect(refused.message).to.contain('nothing listens');
    expect((await faultOf(openSftp(to(22, 'no-such-host.invalid')))).code).to.equal('host_unreachable');
  });

  for (const [kind, greeting] of [
    ['says nothing', ''],
    ['speaks something else', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['stops after its greeting', 'SSH-2.0-Silent\r\n'],
  ] as const)
    it(`gives up on a host that ${kind}`, async () => {
      const server = createServer((socket) => socket.on('error', () => undefined).write(greeting));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const started = performance.now();
      const fault = await faultOf(openSftp(to(typeof address === 'object' && address ? address.port : 0)));
      expect(fault.code).to.be.oneOf(['host_unreachable', 'protocol_mismatch']);
      expect(performance.now() - started).to.be.below(1500);
      server.close();
    });

  it('gives up on a host that hangs up, and on one that falls silent in the middle of the login', async () => {
    const server = await startSsh2Server({ timeoutMs: 400 });
    for (const how of ['rst', 'fin', 'silent'] as const) {
      const proxy = await startProxy(server.access.port);
      if (how === 'silent') proxy.delay(80);
      else proxy.cutAfter(1200, how);
      const opening = faultOf(openSftp({ ...server.access, port: proxy.port }));
      if (how === 'silent') setTimeout(() => proxy.fallSilent(), 200);
      expect((await opening).code, how).to.equal('host_unreachable');
      await proxy.close();
    }
    await server.stop();
  });
});

describe('openSftp: OpenSSH', () => {
  it('logs in, finds the extensions, and pins either host key', async function () {
    const program = findSshd();
    if (!program) return this.skip();
    const sshd = await startSshd(program);
    try {
      for (const pin of Object.values(sshd.hostKeys)) {
        const session = await openSftp({ ...sshd.access, trustedHostKeys: [pin] });
        expect(session.offers).to.include({ posixRename: true, fsync: true, statvfs: true, hardlink: true });
        expect(session.offers.software).to.match(/^OpenSSH_/);
        expect(session.isAlive()).to.equal(true);
        expect(await session.freeBytes(sshd.folder)).to.be.above(0);
        await session.close();
        await session.close();
        expect(session.isAlive()).to.equal(false);
        expect((await faultOf(session.list(sshd.folder))).code).to.equal('connection_lost');
      }
    } finally {
      await sshd.stop();
    }
  });
});
