import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { diskError } from './disk-error.ts';

export interface FileDigest {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** One pass over the file; 1 MiB reads, because the default of 64 KiB costs more than the hash itself. */
export async function hashFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
