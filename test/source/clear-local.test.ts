import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { clearLocal } from '../../src/source/clear-local.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const SHARED_MEMORY = '/dev/shm';
const QUIET = { quiet: '1s' };

describe('clearLocal', () => {
  const newTempFolder = useTempFolders();

  it('moves to another disk by a copy that is read back, with the time of the original', async function () {
    if (!existsSync(SHARED_MEMORY) || statSync(SHARED_MEMORY).dev === statSync(tmpdir()).dev)
      return this.skip();
    const elsewhere = mkdtempSync(join(SHARED_MEMORY, 'rosterferry-'));
    try {
      const folder = await newTempFolder();
      const path = join(folder, 'students.csv');
      await writeFile(path, 'id\n1\n');
      await utimes(path, 1_790_000_000, 1_790_000_000);
      const file = { name: 'students.csv', sizeBytes: 5, modifiedMs: 1_790_000_000_000 };
      expect(await clearLocal(folder, { ready: QUIET, after: { move: elsewhere } }, file)).to.equal(true);
      expect(await readdir(folder)).to.deep.equal([]);
      expect(await readdir(elsewhere)).to.deep.equal(['students.csv']);
      expect(readFileSync(join(elsewhere, 'students.csv'), 'utf8')).to.equal('id\n1\n');
      expect(statSync(join(elsewhere, 'students.csv')).mtimeMs).to.equal(1_790_000_000_000);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('says why a file cannot be moved, and leaves it', async () => {
    const folder = await newTempFolder();
    await writeFile(join(folder, 'students.csv'), 'x');
    await writeFile(join(folder, 'processed'), 'a file where the folder should be');
    const { mtimeMs } = statSync(join(folder, 'students.csv'));
    const file = { name: 'students.csv', sizeBytes: 1, modifiedMs: mtimeMs };
    const fault = await faultOf(clearLocal(folder, { ready: QUIET, after: { move: 'processed' } }, file));
    expect(fault.code).to.equal('source_not_cleared');
    expect(fault.message).to.contain('students.csv');
    expect(existsSync(join(folder, 'students.csv'))).to.equal(true);
  });
});
