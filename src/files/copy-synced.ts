import { constants } from 'node:fs';
import { copyFile, open, rm, stat } from 'node:fs/promises';
import { diskError, errnoOf } from './disk-error.ts';
import { type Hasher, openHasher } from './hash-beside.ts';
import { type FileDigest, hashFile } from './hash-file.ts';
import { readBlocks } from './read-blocks.ts';
import { writeSynced } from './write-synced.ts';
import { FILE_MODE } from './write-whole.ts';

/**
 * A new file with the bytes of another one, on the disk, and what lies there then. The system copies them beside this thread,
 * which may have other work; where it cannot, they are copied block by block, which tells who is to blame. Throws local_io for
 * the file that is read, and what befalls the new one as the system says it; then a part of it may be there.
 */
export async function copySynced(from: string, to: string): Promise<FileDigest> {
  const { mode, size } = await stat(from).catch((cause: unknown) => {
    throw diskError(`Cannot read ${from}`, cause);
  });
  // The system gives the new file the mode of the other one, so that has to be ours.
  if ((mode & 0o777) === FILE_MODE) {
    using hasher = openHasher(size);
    if (await copyBySystem(from, to)) return await syncAndHash(to, hasher);
  }
  await using file = await open(to, 'wx', FILE_MODE);
  await writeSynced(file, async (write) => {
    for await (const block of readBlocks(from)) await write(block);
  });
  return hashFile(to);
}

/** Answers whether it did; where it did not, nothing is there. */
async function copyBySystem(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') throw cause;
    await rm(to, { force: true });
    return false;
  }
}

/** Beside one another; when this throws, neither is at work any more. */
async function syncAndHash(path: string, hasher: Hasher): Promise<FileDigest> {
  await using file = await open(path, 'r+');
  const [synced, hashed] = await Promise.allSettled([file.sync(), hasher.hash(path)]);
  if (synced.status === 'rejected') throw synced.reason;
  if (hashed.status === 'rejected') throw hashed.reason;
  return hashed.value;
}
