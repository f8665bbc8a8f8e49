import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import type { FileDigest } from '../files/hash-file.ts';
import type { OutboundFile } from './destination.ts';

/** What one packet of SFTP takes. */
const BLOCK_BYTES = 255 * 1024;

/** The bytes of a draft, as they were counted and hashed when it was drafted: or it throws `local_io` at their end. */
export async function* readDraft(file: OutboundFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const stream = createReadStream(file.path, { highWaterMark: BLOCK_BYTES });
  try {
    for await (const block of stream) {
      hash.update(block);
      sizeBytes += block.length;
      yield block;
    }
  } catch (cause) {
    throw diskError(`Cannot read the draft ${file.path}`, cause);
  }
  expectAsDrafted(file, { sizeBytes, sha256: hash.digest('hex') });
}

/** Throws `local_io`. */
export function expectAsDrafted(file: OutboundFile, found: FileDigest): void {
  if (found.sizeBytes === file.sizeBytes && found.sha256 === file.sha256) return;
  throw new AppError(
    'local_io',
    `The draft ${file.path} is not what was drafted; nothing of it was delivered`,
  );
}
