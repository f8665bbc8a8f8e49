import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSftp } from '../../src/sftp/open-session.ts';
import type { SftpSession } from '../../src/sftp/session.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { endless, inPieces } from '../doubles/pieces.ts';
import { type FaultyLine, startProxy } from '../doubles/proxy.ts';
import { startSsh2Server } from '../doubles/ssh2-server.ts';

const TIMEOUT_MS = 500;
for (const profile of goodHosts().slice(0, 2))
  describe(`a line that breaks: ${profile.title}`, () => {
    let host: Host;
    let proxy: FaultyLine;
    let session: SftpSession;
    before(async () => {
      host = await profile.start();
      writeFileSync(join(host.folder, 'big'), randomBytes(24_000_000));
    });
    after(() => host.stop());
    beforeEach(async () => {
      proxy = await startProxy(host.access.port);
      session = await openSftp({ ...host.access, port: proxy.port, timeoutMs: TIMEOUT_MS });
    });
    afterEach(async () => {
      await session.close();
      await proxy.close();
    });

    const works: Record<string, () => Promise<unknown>> = {
      reading: () => session.readTo(join(host.folder, 'big'), 24_000_000, async () => undefined),
      writing: () => session.writeFrom(endless(), join(host.folder, `.up.${Math.random()}.part`)),
    };
    for (const [doing, work] of Object.entries(works)) {
      for (const how of ['rst', 'fin'] as const)
        it(`ends ${doing} at once when it is cut by ${how}`, async () => {
          proxy.cutAfter(2_000_000, how);
          const started = performance.now();
          expect((await faultOf(work())).code).to.equal('connection_lost');
          expect(performance.now() - started).to.be.below(TIMEOUT_MS * 2);
        });

      it(`ends ${doing} when the host falls silent, within the time that it may be silent`, async () => {
        const working = faultOf(work());
        setTimeout(() => proxy.fallSilent(), 40);
        const started = performance.now();
        const fault = await working;
        expect(fault.code).to.equal('connection_lost');
        expect(fault.message).to.contain('silent');
        expect(performance.now() - started).to.be.within(TIMEOUT_MS / 2, TIMEOUT_MS * 3);
      });
    }

    it('ends small requests too, and those after them at once', async () => {
      proxy.fallSilent();
      expect((await faultOf(session.stat(host.folder))).code).to.equal('connection_lost');
      const started = performance.now();
      expect((await faultOf(session.list(host.folder))).code).to.equal('connection_lost');
      await session.close();
      expect(performance.now() - started).to.be.below(50);
    });

    it('closes a line on which nothing comes back, without waiting long', async () => {
      proxy.fallSilent();
      const started = performance.now();
      await session.close();
      expect(performance.now() - started).to.be.below(2500);
    });

    it('carries on over a line that is merely slow', async () => {
      // Far slower than a quiet line, and far quicker than silence: a busy machine must not tell the two apart.
      const patient = await openSftp({ ...host.access, port: proxy.port, timeoutMs: TIMEOUT_MS * 10 });
      try {
        await patient.writeFrom(inPieces(Buffer.alloc(3_000_000)), join(host.folder, 'three'));
        proxy.delay(TIMEOUT_MS / 2);
        expect(await patient.isFolder(host.folder)).to.equal(true);
        await patient.readTo(join(host.folder, 'three'), 3_000_000, async () => undefined);
      } finally {
        await patient.close();
      }
    });
  });

describe('a server that ends the channel of an idle session', () => {
  it('is noticed by the next request at once, though the connection lives', async () => {
    const server = await startSsh2Server({ timeoutMs: 10_000 });
    const session = await openSftp(server.access);
    try {
      server.closeChannels();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const started = performance.now();
      expect((await faultOf(session.stat(server.folder))).code).to.equal('connection_lost');
      expect(performance.now() - started).to.be.below(100);
    } finally {
      await session.close();
      await server.stop();
    }
  });
});

describe('a server that answers pings and nothing else', () => {
  it('is given up after the time that it may be silent', async () => {
    const server = await startSsh2Server({ timeoutMs: TIMEOUT_MS });
    const session = await openSftp(server.access);
    try {
      server.quirks.silentAfterBytes = 1_000_000;
      const fault = await faultOf(session.writeFrom(endless(), join(server.folder, 'up')));
      expect(fault.code).to.equal('connection_lost');
    } finally {
      await session.close();
      await server.stop();
    }
  });
});
