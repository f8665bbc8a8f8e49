import { open } from 'node:fs/promises';
import { diskError } from './disk-error.ts';
import { FILE_MODE } from './write-whole.ts';

/** Puts bytes behind those that a file has, or begins it with them; synced. Throws local_disk_full or local_io. */
export async function appendBytes(
  path: string,
  blocks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  try {
    await using file = await open(path, 'a', FILE_MODE);
    for await (const block of blocks) await file.appendFile(block);
    await file.sync();
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}
