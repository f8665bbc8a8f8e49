import type { FileHandle } from 'node:fs/promises';
import { diskError } from './disk-error.ts';

/** All of a block at the end of what was written, however little one call of the system takes. Throws local_disk_full or local_io. */
export async function writeBlock(file: FileHandle, block: Buffer, path: string): Promise<void> {
  try {
    await writeAll(file, block);
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}

/** The same, for who has words of its own for what goes wrong: throws as the system does. */
export async function writeAll(file: FileHandle, block: Buffer): Promise<void> {
  for (let done = 0; done < block.length; )
    done += (await file.write(block, done, block.length - done, null)).bytesWritten;
}
