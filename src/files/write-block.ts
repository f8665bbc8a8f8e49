import type { FileHandle } from 'node:fs/promises';
import { diskError } from './disk-error.ts';

/** All of a block at the end of what was written, however little one call of the system takes. Throws local_disk_full or local_io. */
export async function writeBlock(file: FileHandle, block: Buffer, path: string): Promise<void> {
  try {
    for (let done = 0; done < block.length; )
      done += (await file.write(block, done, block.length - done, null)).bytesWritten;
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}
