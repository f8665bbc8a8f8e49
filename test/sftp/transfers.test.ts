import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSftp } from '../../src/sftp/open-session.ts';
import type { SftpSession } from '../../src/sftp/session.ts';
import { LONG_PIECE_BYTES } from '../../src/sftp/wire.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { inPieces } from '../doubles/pieces.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';

const SIZES = [0, 1, 32 * 1024, LONG_PIECE_BYTES - 1, LONG_PIECE_BYTES, LONG_PIECE_BYTES + 1, 3_000_000];

async function readAll(session: SftpSession, path: string, sizeBytes: number): Promise<Buffer> {
  const blocks: Buffer[] = [];
  await session.readTo(path, sizeBytes, async (block) => void blocks.push(Buffer.from(block)));
  return Buffer.concat(blocks);
}

const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex');

for (const profile of goodHosts())
  describe(`reading and writing: ${profile.title}`, () => {
    let host: Host;
    let session: SftpSession;
    before(async () => {
      host = await profile.start();
      session = await openSftp(host.access);
    });
    after(async () => {
      await session.close();
      await host.stop();
    });

    for (const size of SIZES)
      it(`carries ${size} bytes there and back`, async () => {
        const path = join(host.folder, `file-${size}`);
        const content = randomBytes(size);
        expect(await session.writeFrom(inPieces(content), path)).to.equal(size);
        expect(sha(readFileSync(path))).to.equal(sha(content));
        expect(statSync(path).mode & 0o777).to.equal(0o600);
        expect(sha(await readAll(session, path, size))).to.equal(sha(content));
      });

    it('refuses to write over a file, and to read one that is not as long as it was', async () => {
      const path = join(host.folder, 'there');
      writeFileSync(path, 'twelve bytes');
      expect(await session.writeFrom(inPieces(Buffer.from('x')), path).catch((fault) => fault.name)).to.equal(
        'SftpRefusal',
      );
      expect(readFileSync(path, 'utf8')).to.equal('twelve bytes');
      for (const size of [11, 13, 300_000])
        expect((await faultOf(readAll(session, path, size))).code).to.equal('source_changed');
    });

    it('replaces, removes, and knows what is there', async () => {
      const [from, to] = [join(host.folder, '.new.part'), join(host.folder, 'final.csv')];
      writeFileSync(from, 'new');
      writeFileSync(to, 'old one');
      await session.rename(from, to);
      expect(readFileSync(to, 'utf8')).to.equal('new');
      expect(await session.stat(from)).to.equal(undefined);
      expect(await session.stat(to)).to.deep.include({ sizeBytes: 3, isFile: true });
      expect(await session.isFolder(host.folder)).to.equal(true);
      expect(await session.isFolder(to)).to.equal(false);
      expect(await session.isFolder(join(host.folder, 'no'))).to.equal(false);
      expect([await session.remove(to), await session.remove(to)]).to.deep.equal([true, false]);
      await session.makeFolder(join(host.folder, 'made'));
      await session.makeFolder(join(host.folder, 'made'));
      expect(statSync(join(host.folder, 'made')).isDirectory()).to.equal(true);
    });

    it('lists files and tells them from folders', async () => {
      const names = (await session.list(host.folder)).filter((entry) => entry.isFile).map(({ name }) => name);
      expect(names).to.include('file-1').and.not.include('made').and.not.include('.').and.not.include('..');
    });
  });

describe('reading and writing: servers that lie', () => {
  let server: Ssh2Server;
  let session: SftpSession;
  beforeEach(async () => {
    server = await startSsh2Server();
    session = await openSftp(server.access);
  });
  afterEach(async () => {
    await session.close();
    await server.stop();
  });
  const write = (bytes: number) => session.writeFrom(inPieces(randomBytes(bytes)), join(server.folder, 'up'));

  it('sees that acknowledged bytes were thrown away', async () => {
    server.quirks.dropAfterBytes = 100_000;
    const fault = await faultOf(write(400_000));
    expect(fault.code).to.equal('delivery_incomplete');
    expect(fault.context).to.have.property('sentBytes', 400_000);
  });

  it('sees a size that is not the one that was sent', async () => {
    server.quirks.sizeLieBytes = -1;
    expect((await faultOf(write(1000))).code).to.equal('delivery_incomplete');
  });

  it('stops at the first refused write', async () => {
    server.quirks.fullAfterBytes = 300_000;
    const fault = await write(5_000_000).catch((thrown) => thrown);
    expect(fault).to.have.property('status', 4);
  });

  it('never takes a general refusal for "not there"', async () => {
    server.quirks.refuseAll = true;
    const path = join(server.folder, 'x');
    const steps = [
      session.stat(path),
      session.isFolder(path),
      session.remove(path),
      session.list(server.folder),
    ];
    for (const step of await Promise.allSettled(steps)) expect(step.status).to.equal('rejected');
  });

  it('hands on names of a hostile listing as they are, each once', async () => {
    server.quirks.extraNames = ['..', '../../etc/passwd', '/etc/passwd', 'a', 'a', 'line\nbreak'];
    const names = (await session.list(server.folder)).map(({ name }) => name);
    expect(names).to.have.members(['../../etc/passwd', '/etc/passwd', 'a', 'line\nbreak']);
  });
});
