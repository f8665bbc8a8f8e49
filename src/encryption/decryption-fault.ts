import { AppError, type Place } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';

/** What the two libraries say, first match first. Their own messages name no plain text and are not passed on. */
const FAULTS: readonly [RegExp, ErrorCode, string][] = [
  [/no identity matched/i, 'encrypted_wrong_key', 'it is encrypted for another identity of age'],
  [/not authenticated|missing MDC/i, 'encrypted_unprotected', 'nothing in it shows whether it was altered'],
  [
    /no encrypted data found|no symmetrically encrypted/i,
    'not_encrypted',
    'it is a PGP message, and not an encrypted one',
  ],
  [
    /no public key encrypted session key/i,
    'encrypted_wrong_key',
    'it is locked with a password instead of a key',
  ],
  [
    /session key decryption failed|decryption key packets/i,
    'encrypted_wrong_key',
    'the key at hand does not open it',
  ],
  [
    /unexpected end|premature|ended before|end of (packet|stream)|final chunk is empty|misformed armored/i,
    'encrypted_truncated',
    'it ends before its end',
  ],
];

/** Any fault of decrypting as one of ours, with the name of the file. What is not known in another way was altered or cut. */
export function decryptionFault(fault: unknown, place: Place): AppError {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof AppError)
    return fault.place || isOfDisk(fault) ? fault : named(fault.code, message, { place, fault });
  if (/^E[A-Z0-9]+$/.test(errnoOf(fault))) return diskError(`Cannot decrypt ${place.file}`, fault);
  const [, code, why] = FAULTS.find(([pattern]) => pattern.test(message)) ?? [];
  return code
    ? named(code, why ?? '', { place, fault })
    : named('encrypted_altered', 'it is not as it was encrypted: altered on the way, or cut', {
        place,
        fault,
      });
}

function isOfDisk({ code }: AppError): boolean {
  return code === 'local_io' || code === 'local_disk_full';
}

function named(code: ErrorCode, why: string, { place, fault }: { place: Place; fault: unknown }): AppError {
  const reason = why.charAt(0).toLowerCase() + why.slice(1);
  return new AppError(code, `${place.file} cannot be decrypted: ${reason}`, { place, cause: fault });
}
