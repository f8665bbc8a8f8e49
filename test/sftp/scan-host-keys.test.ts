import { expect } from 'chai';
import { scanHostKeys } from '../../src/sftp/scan-host-keys.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { startSsh2Server } from '../doubles/ssh2-server.ts';
import { findSshd, startSshd } from '../doubles/sshd.ts';

const TIMEOUT_MS = 2000;

describe('scanHostKeys', () => {
  it('sees one key of each kind, and logs in nowhere', async () => {
    const server = await startSsh2Server();
    try {
      const keys = await scanHostKeys({ ...server.access, timeoutMs: TIMEOUT_MS });
      expect(keys.map(({ fingerprint }) => fingerprint)).to.deep.equal([
        server.hostKeys.ed25519,
        server.hostKeys.ecdsa,
      ]);
      expect(server.logins).to.deep.equal([]);
    } finally {
      await server.stop();
    }
  });

  it('sees those of a real host', async function () {
    const program = findSshd();
    if (!program) return this.skip();
    const sshd = await startSshd(program);
    try {
      const keys = await scanHostKeys({ ...sshd.access, timeoutMs: TIMEOUT_MS });
      expect(keys.map(({ fingerprint }) => fingerprint)).to.deep.equal(Object.values(sshd.hostKeys));
    } finally {
      await sshd.stop();
    }
  });

  it('says that nobody is there', async () => {
    const fault = await faultOf(scanHostKeys({ host: '127.0.0.1', port: 1, timeoutMs: TIMEOUT_MS }));
    expect(fault.code).to.equal('host_unreachable');
  });
});
