import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskError } from '../files/disk-error.ts';
import { writeSynced } from '../files/write-synced.ts';
import { FILE_MODE, syncFolder } from '../files/write-whole.ts';
import type { FetchedFile, See } from './source.ts';

export type Take = (block: Buffer) => Promise<void>;

/**
 * A new file of our own from the blocks that `feed` hands over, hashed on the way and synced with its folder.
 * Where `feed` throws, the file goes.
 */
export async function receiveFile(
  to: string,
  feed: (take: Take) => Promise<void>,
  see: See = () => undefined,
): Promise<FetchedFile> {
  const file = await open(to, 'wx', FILE_MODE).catch((cause: unknown) => {
    throw diskError(`Cannot create ${to}`, cause);
  });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const hashing = (write: Take) =>
      feed(async (block) => {
        // Hashed on this thread while another one writes.
        const written = write(block);
        hash.update(block);
        see(block);
        await written;
        sizeBytes += block.length;
      });
    await writeSynced(file, hashing, (cause) => diskError(`Cannot write ${to}`, cause));
    await closeSynced(file, to);
  } catch (fault) {
    // The fault that is under way is the one to tell.
    await file.close().catch(() => undefined);
    await rm(to, { force: true }).catch(() => undefined);
    throw fault;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function closeSynced(file: FileHandle, to: string): Promise<void> {
  try {
    await file.close();
    await syncFolder(dirname(to));
  } catch (cause) {
    throw diskError(`Cannot write ${to}`, cause);
  }
}
