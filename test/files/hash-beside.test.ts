import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openHasher } from '../../src/files/hash-beside.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('a file that is hashed beside', () => {
  const newTempFolder = useTempFolders();
  const WORTH_BYTES = 1 << 20;

  for (const [where, sizeBytes] of [
    ['this thread', WORTH_BYTES - 1],
    ['another one', WORTH_BYTES * 3 + 1],
  ] as const) {
    it(`has the same digest by ${where}`, async () => {
      const path = join(await newTempFolder(), 'file');
      await writeFile(path, Buffer.alloc(sizeBytes, 'abc'));
      using hasher = openHasher(sizeBytes, WORTH_BYTES);
      expect(await hasher.hash(path)).to.deep.equal(await hashFile(path));
    });

    it(`is told of one that is not there in the same words by ${where}`, async () => {
      const path = join(await newTempFolder(), 'none');
      using hasher = openHasher(sizeBytes, WORTH_BYTES);
      const { code, message } = await faultOf(hasher.hash(path));
      expect(code).to.equal('local_io');
      expect(message).to.contain(`Cannot read ${path}: ENOENT`);
    });
  }

  it('does not wait for a thread that is not asked', () => {
    openHasher(WORTH_BYTES, WORTH_BYTES)[Symbol.dispose]();
  });
});
