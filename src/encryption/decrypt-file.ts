import { basename } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import type { FileDigest } from '../files/hash-file.ts';
import { openAgeMessage } from './age-message.ts';
import { decryptionFault } from './decryption-fault.ts';
import { openPgpMessage } from './pgp-message.ts';
import type { DecryptionKeys } from './read-keys.ts';
import { type Encryption, recogniseFile, SCHEME_NAMES } from './recognise.ts';
import { writeWholeStream } from './write-whole-stream.ts';

export interface DecryptionLimits {
  /** Of the plain file: a small message may unpack to any size. */
  sizeBytes: number;
}

/** As much as a file of a zip may have. */
export const DECRYPTION_LIMITS: DecryptionLimits = { sizeBytes: 4 * 2 ** 30 };

/**
 * Writes what the message `fromPath` says to `toPath`, in place of what is there, once all of it has authenticated.
 * Throws not_encrypted, encrypted_wrong_key, encrypted_unprotected, encrypted_truncated, encrypted_altered,
 * encrypted_too_large, local_io, local_disk_full, and the signal's AbortError; then there is nothing new at `toPath`.
 * No error has a byte of the plain text in it.
 */
export async function decryptFile(
  fromPath: string,
  toPath: string,
  keys: DecryptionKeys,
  { limits = DECRYPTION_LIMITS, signal }: { limits?: DecryptionLimits; signal?: AbortSignal } = {},
): Promise<FileDigest & Encryption> {
  const place = { file: basename(fromPath) };
  const encryption = await recogniseFile(fromPath);
  if (!encryption)
    throw new AppError('not_encrypted', `${place.file} is encrypted neither with PGP nor with age`, {
      place,
    });
  if (keys[encryption.scheme].length === 0) {
    const name = SCHEME_NAMES[encryption.scheme];
    throw new AppError(
      'decryption_key_missing',
      `${place.file} is encrypted with ${name}, and no key for that is configured`,
      {
        place,
      },
    );
  }
  const expectSize = (sizeBytes: number) => {
    if (sizeBytes > limits.sizeBytes)
      throw new AppError(
        'encrypted_too_large',
        `${place.file} is larger than ${limits.sizeBytes} bytes once decrypted`,
        {
          place,
        },
      );
  };
  try {
    const open = encryption.scheme === 'age' ? openAgeMessage : openPgpMessage;
    const plain = await open(fromPath, encryption.isArmoured, keys);
    const digest = await writeWholeStream(plain, toPath, { expectSize, ...(signal && { signal }) });
    return { ...digest, ...encryption };
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw decryptionFault(fault, place);
  }
}
