import { open } from 'node:fs/promises';
import { diskError } from './disk-error.ts';

const BLOCK_BYTES = 1 << 20;

/**
 * The bytes of a file in large blocks. Every block is the same memory: it is gone when the next is asked for, so that
 * passing over a large file leaves nothing for the collector. Throws local_io.
 */
export async function* readBlocks(path: string): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  try {
    await using file = await open(path, 'r');
    for (;;) {
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}
