import { type FileHandle, open } from 'node:fs/promises';
import { diskError } from './disk-error.ts';

const BLOCK_BYTES = 1 << 20;

/**
 * The bytes of a file in large blocks. Two take turns: one is read while the other is looked at. A block is gone when the next
 * one is asked for, so that passing over a large file leaves nothing for the collector. Throws local_io.
 * @param from where the first one begins
 */
export async function* readBlocks(path: string, from = 0): AsyncGenerator<Buffer> {
  let position = from;
  try {
    await using file = await open(path, 'r');
    // One more than there is, so that most files are read at once; an archive has many that are small.
    const size = Math.min(BLOCK_BYTES, Math.max(0, (await file.stat()).size - from) + 1);
    let [current, next] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)];
    let reading = readInto(file, current, position);
    for (;;) {
      const bytesRead = await reading;
      if (bytesRead === 0) return;
      position += bytesRead;
      reading = readInto(file, next, position);
      yield current.subarray(0, bytesRead);
      [current, next] = [next, current];
    }
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}

/** A fault waits until somebody asks: who looks at no further block is not told of it. */
function readInto(file: FileHandle, block: Buffer, position: number): Promise<number> {
  const reading = file.read(block, 0, block.length, position).then(({ bytesRead }) => bytesRead);
  reading.catch(() => undefined);
  return reading;
}
