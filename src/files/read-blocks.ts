import { open } from 'node:fs/promises';
import { diskError } from './disk-error.ts';

const BLOCK_BYTES = 1 << 20;

/**
 * The bytes of a file in large blocks. Every block is the same memory: it is gone when the next is asked for, so that
 * passing over a large file leaves nothing for the collector. Throws local_io.
 */
export async function* readBlocks(path: string): AsyncGenerator<Buffer> {
  try {
    await using file = await open(path, 'r');
    // One more than there is, so that most files are read at once; an archive has many that are small.
    const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, (await file.stat()).size + 1));
    for (;;) {
      const { bytesRead } = await file.read(block, 0, block.length, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
