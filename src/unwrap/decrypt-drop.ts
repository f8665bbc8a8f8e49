import { join } from 'node:path';
import { type DecryptionLimits, decryptFile } from '../encryption/decrypt-file.ts';
import { plainNameOf } from '../encryption/encrypted-name.ts';
import type { DecryptionKeys } from '../encryption/read-keys.ts';
import { recogniseFile } from '../encryption/recognise.ts';
import { AppError } from '../errors/app-error.ts';
import { whyUnsafe } from '../files/safe-name.ts';
import { makeFolder } from '../files/write-whole.ts';
import type { ReceivedFile } from './unwrap-drop.ts';

export interface DecryptOptions {
  inbound: string;
  /** Where the plain files go, and where they end with the run. What an earlier try left there is replaced. */
  plain: string;
  keys: DecryptionKeys;
  limits?: DecryptionLimits;
  signal?: AbortSignal;
}

/**
 * The files of a drop, plain ones in place of those that are encrypted; each of these says from which file it is. Whether
 * a file is encrypted is told by its first bytes, whatever its name is. One that came out of another file already is
 * passed over. Throws decryption_key_missing, ambiguous_drop, and what decryptFile throws.
 */
export async function decryptDrop<One extends ReceivedFile>(
  drop: readonly One[],
  { inbound, plain, keys, limits, signal }: DecryptOptions,
): Promise<One[]> {
  const files: One[] = [];
  const taken = new Set<string>();
  for (const one of drop) {
    const { name, file, sizeBytes, sha256 } = one;
    if (one.received || !(await recogniseFile(join(inbound, file)))) {
      files.push(one);
      continue;
    }
    const base = plainBase(file);
    if (taken.has(base.toLowerCase())) throw twice(base, file);
    taken.add(base.toLowerCase());
    await makeFolder(plain);
    const {
      scheme,
      isArmoured: _,
      ...digest
    } = await decryptFile(join(inbound, file), join(plain, base), keys, {
      ...(limits && { limits }),
      ...(signal && { signal }),
    });
    files.push({
      ...one,
      file: base,
      ...digest,
      received: { name, file, sizeBytes, sha256, encryption: scheme },
    });
  }
  return files;
}

/**
 * A file that is called encrypted is to be encrypted, and so is every one where the connection has keys for its drops.
 * Throws not_encrypted.
 */
export function refusePlain(
  drop: readonly ReceivedFile[],
  { expectsEncrypted }: { expectsEncrypted: boolean },
): void {
  for (const { file, received, isNamed } of drop) {
    const why = plainNameOf(file) === undefined ? undefined : 'though its name says that it is';
    if (received || (why === undefined && (isNamed || !expectsEncrypted))) continue;
    throw new AppError(
      'not_encrypted',
      `${file} is not encrypted, ${why ?? 'and the connection takes encrypted files alone'}`,
      { place: { file } },
    );
  }
}

function plainBase(file: string): string {
  const base = plainNameOf(file) ?? file;
  const why = whyUnsafe(base);
  if (why !== undefined) throw new AppError('unsafe_name', `${file} has a name that cannot be used: ${why}`);
  return base;
}

function twice(base: string, file: string): AppError {
  return new AppError('ambiguous_drop', `Two files of the drop are called ${base} once decrypted`, {
    place: { file },
  });
}
