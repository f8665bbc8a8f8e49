import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import type { FileDigest } from '../files/hash-file.ts';
import { writeBlock } from '../files/write-block.ts';
import { FILE_MODE } from '../files/write-whole.ts';
import { type Member, type Zip, zipFault } from './open-zip.ts';

/**
 * Writes one member to `to`, in place of what is there, and syncs it. Memory stays flat. Throws zip_unreadable where the
 * bytes are not those that were packed, local_io, local_disk_full and the signal's AbortError; then nothing is left.
 */
export async function extractMember(
  zip: Zip,
  member: Member,
  to: string,
  signal?: AbortSignal,
): Promise<FileDigest> {
  await rm(to, { force: true }).catch((cause: unknown) => {
    throw diskError(`Cannot remove ${to}`, cause);
  });
  const file = await open(to, 'wx', FILE_MODE).catch((cause: unknown) => {
    throw diskError(`Cannot create ${to}`, cause);
  });
  try {
    const digest = await inflate(zip, member, async (block) => {
      signal?.throwIfAborted();
      await writeBlock(file, block, to);
    });
    await file.sync();
    await file.close();
    return digest;
  } catch (fault) {
    // The fault that is under way is the one to tell.
    await file.close().catch(() => undefined);
    await rm(to, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw fault;
    throw zipFault(fault, zip.place);
  }
}

/** The bytes of a member, to one who takes them, checked against the size and the checksum that the zip states. */
export async function inflate(
  zip: Zip,
  { entry, path }: Member,
  take: (block: Buffer) => Promise<void>,
): Promise<FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let checksum = 0;
  const stream = await zip.file.openReadStreamPromise(entry);
  for await (const block of stream) {
    sizeBytes += block.length;
    // What it states was held against the limits: never a byte more is written.
    if (sizeBytes > entry.uncompressedSize) break;
    checksum = crc32(block, checksum);
    hash.update(block);
    await take(block);
  }
  if (sizeBytes !== entry.uncompressedSize || checksum !== entry.crc32)
    throw new AppError(
      'zip_unreadable',
      `The member ${path} of the zip is not as it was packed: size or checksum differ`,
      {
        place: zip.place,
      },
    );
  return { sizeBytes, sha256: hash.digest('hex') };
}
