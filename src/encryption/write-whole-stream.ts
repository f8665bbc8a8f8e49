import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError } from '../files/disk-error.ts';
import type { FileDigest } from '../files/hash-file.ts';
import { writeBlock } from '../files/write-block.ts';
import { FILE_MODE, syncFolder } from '../files/write-whole.ts';

export interface StreamOptions {
  signal?: AbortSignal;
  /** Called with the size that the file would have by then; what it throws ends the writing. */
  expectSize?: (sizeBytes: number) => void;
}

/**
 * The file gets its name when the stream has ended without a fault, and not before: until then its bytes are those of
 * a stream that may still turn out to be forged. Whatever fails, nothing is left.
 */
export async function writeWholeStream(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  { signal, expectSize = () => undefined }: StreamOptions = {},
): Promise<FileDigest> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', FILE_MODE).catch((cause: unknown) => {
    throw diskError(`Cannot create ${path}`, cause);
  });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const bytes of stream) {
      signal?.throwIfAborted();
      sizeBytes += bytes.length;
      expectSize(sizeBytes);
      hash.update(bytes);
      await writeBlock(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), temporary);
    }
    await finish(file, temporary, path);
  } catch (fault) {
    // The fault that is under way is the one to tell.
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fault;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function finish(file: FileHandle, temporary: string, path: string): Promise<void> {
  try {
    await file.sync();
    await file.close();
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}
