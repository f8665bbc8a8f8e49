import { AppError } from '../errors/app-error.ts';
import { openBytes, openLatin1 } from './open-bytes.ts';
import type { DecryptionKeys } from './read-keys.ts';

/**
 * The plain bytes. Those that come before a fault are not to be believed: the check of a message stands at its end, and
 * the library is told to hand out what comes before it, because the alternative is to keep the whole file in memory.
 */
export async function openPgpMessage(
  path: string,
  isArmoured: boolean,
  keys: DecryptionKeys,
): Promise<AsyncIterable<Uint8Array>> {
  const { decrypt, readMessage } = await import('openpgp');
  const message = isArmoured
    ? await readMessage({ armoredMessage: openLatin1(path) })
    : await readMessage({ binaryMessage: openBytes(path) });
  const wanted = message.getEncryptionKeyIDs().map((id) => id.toHex());
  refuseUnknownKey(wanted, keys);
  const { data } = await decrypt({
    message,
    decryptionKeys: [...keys.pgp],
    format: 'binary',
    config: { allowUnauthenticatedStream: true },
  });
  return data;
}

/** Stands for a recipient who is not named. */
const HIDDEN = '0000000000000000';

function refuseUnknownKey(wanted: readonly string[], keys: DecryptionKeys): void {
  if (wanted.length === 0) return;
  const ours = keys.pgp.flatMap((key) => key.getKeys().map((one) => one.getKeyID().toHex()));
  if (wanted.some((id) => id === HIDDEN || ours.includes(id))) return;
  const list = (ids: readonly string[]) => [...new Set(ids)].map((id) => id.toUpperCase()).join(', ');
  throw new AppError(
    'encrypted_wrong_key',
    `It is encrypted for the PGP key ${list(wanted)}, and the key at hand is ${list(ours)}`,
  );
}
