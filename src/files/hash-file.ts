import { createHash } from 'node:crypto';
import { readBlocks } from './read-blocks.ts';

export interface FileDigest {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** One pass over the file. Throws local_io. */
export async function hashFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const block of readBlocks(path)) {
    hash.update(block);
    sizeBytes += block.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
