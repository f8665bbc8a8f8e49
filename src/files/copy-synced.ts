import { constants } from 'node:fs';
import { copyFile, open, rm, stat } from 'node:fs/promises';
import { diskError, errnoOf } from './disk-error.ts';
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
  if (await copyBySystem(from, to)) {
    await using copied = await open(to, 'r+');
    // Hashed by this thread while another one syncs; when this throws, nothing is at work any more.
    const [synced, hashed] = await Promise.allSettled([copied.sync(), hashFile(to)]);
    if (synced.status === 'rejected') throw synced.reason;
    if (hashed.status === 'rejected') throw hashed.reason;
    return hashed.value;
  }
  await using file = await open(to, 'wx', FILE_MODE);
  await writeSynced(file, async (write) => {
    for await (const block of readBlocks(from)) await write(block);
  });
  return hashFile(to);
}

/** Answers whether it did. The new file has the mode of the other one, so that has to be ours. */
async function copyBySystem(from: string, to: string): Promise<boolean> {
  const { mode } = await stat(from).catch((cause: unknown) => {
    throw diskError(`Cannot read ${from}`, cause);
  });
  if ((mode & 0o777) !== FILE_MODE) return false;
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') throw cause;
    await rm(to, { force: true });
    return false;
  }
}
