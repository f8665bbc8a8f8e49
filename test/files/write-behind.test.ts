import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { openWriteBehind } from '../../src/files/write-behind.ts';
import { type FailingDisk, failDisk } from '../doubles/failing-disk.ts';

const BLOCK = 1024;

describe('openWriteBehind', () => {
  let folder: string;
  let disk: FailingDisk | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'behind-'));
  });
  afterEach(async () => {
    disk?.mend();
    disk = undefined;
    await rm(folder, { recursive: true });
  });

  async function write(path: string, blocks: number, isPatient: boolean): Promise<void> {
    const file = await openWriteBehind(path, BLOCK);
    try {
      let block: Buffer = Buffer.alloc(BLOCK);
      for (let at = 0; at < blocks; at++) {
        block.fill(at % 251);
        block = file.write(block, BLOCK - (at % 3));
        if (isPatient && file.isBehind()) await setImmediate();
      }
      await file.finish();
    } finally {
      await file.close();
    }
  }

  it('writes every block in its place, beside its caller or by it', async () => {
    for (const isPatient of [true, false]) {
      const path = join(folder, String(isPatient));
      await write(path, 100, isPatient);
      const expected = Array.from({ length: 100 }, (_, at) => Buffer.alloc(BLOCK - (at % 3), at % 251));
      expect((await readFile(path)).equals(Buffer.concat(expected))).to.equal(true);
    }
  });

  for (const call of ['write', 'sync'] as const)
    it(`never goes on as if a ${call} had gone well that did not`, async () => {
      for (const [blocks, isPatient] of [
        [1, true],
        [4, false],
        [60, true],
      ] as const) {
        disk = failDisk(call, /broken/, call === 'write' ? Math.min(3, blocks - 1) : 0);
        const said: unknown = await write(join(folder, 'broken'), blocks, isPatient).catch((error) => error);
        disk.mend();
        expect(disk.failed()).to.be.greaterThan(0);
        expect(said).to.be.instanceOf(AppError);
        expect((said as AppError).code).to.equal('local_io');
        expect((said as AppError).message).to.match(/^Cannot write .*broken: EIO/);
      }
    });

  it('says where it cannot begin', async () => {
    const said: unknown = await write(join(folder, 'nowhere', 'file'), 1, true).catch((error) => error);
    expect((said as AppError).code).to.equal('local_io');
  });
});
