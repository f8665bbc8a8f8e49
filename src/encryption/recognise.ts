import { open } from 'node:fs/promises';
import { diskError } from '../files/disk-error.ts';

export type EncryptionScheme = 'pgp' | 'age';

/** How a file is encrypted, by what stands at its beginning. */
export interface Encryption {
  scheme: EncryptionScheme;
  isArmoured: boolean;
}

export const SCHEME_NAMES: Readonly<Record<EncryptionScheme, string>> = { pgp: 'PGP', age: 'age' };

const HEAD_BYTES = 4096;
const AGE = 'age-encryption.org/v1\n';
export const AGE_ARMOUR = '-----BEGIN AGE ENCRYPTED FILE-----';
const PGP_ARMOUR = '-----BEGIN PGP MESSAGE-----';

/** Undefined for a file that is not encrypted, or in no way that is known here. Throws local_io. */
export async function recogniseFile(path: string): Promise<Encryption | undefined> {
  const head = Buffer.alloc(HEAD_BYTES);
  try {
    await using file = await open(path, 'r');
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return recogniseEncryption(head.subarray(0, bytesRead));
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}

/** @param head the first bytes of a file, some dozens at least */
export function recogniseEncryption(head: Buffer): Encryption | undefined {
  const text = head.toString('latin1').replace(/^(\u00ef\u00bb\u00bf)?\s*/, '');
  if (text.startsWith(AGE)) return { scheme: 'age', isArmoured: false };
  if (text.startsWith(AGE_ARMOUR)) return { scheme: 'age', isArmoured: true };
  if (text.startsWith(PGP_ARMOUR)) return { scheme: 'pgp', isArmoured: true };
  return isPgpPacket(head) ? { scheme: 'pgp', isArmoured: false } : undefined;
}

/** Packets with which an encrypted message begins (RFC 9580, sections 5.1, 5.3, 5.7 and 5.13), and the versions that each has. */
const VERSIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [1, [2, 3, 6]],
  [3, [4, 5, 6]],
  [18, [1, 2]],
  [20, [1]],
]);
/** Encrypted without protection. It has no version, so that only its packet header can be told. */
const UNPROTECTED = 9;

/**
 * One byte would not do: in Windows-1252 a file may well begin with such a character. A packet that is named here also has
 * a length that can be read and a version that exists.
 */
function isPgpPacket(head: Buffer): boolean {
  const first = head[0] ?? 0;
  if ((first & 0x80) === 0 || head.length < 4) return false;
  const isNew = (first & 0x40) !== 0;
  const tag = isNew ? first & 0x3f : (first >> 2) & 0x0f;
  if (tag === UNPROTECTED) return !isNew || (head[1] ?? 0) >= 224;
  const version = head[1 + (isNew ? newLengthBytes(head) : oldLengthBytes(first))];
  return version !== undefined && VERSIONS.get(tag)?.includes(version) === true;
}

function newLengthBytes(head: Buffer): number {
  const length = head[1] ?? 0;
  if (length < 192 || (length >= 224 && length < 255)) return 1;
  return length === 255 ? 5 : 2;
}

function oldLengthBytes(first: number): number {
  return [1, 2, 4, 0][first & 0x03] ?? 0;
}
