import type { PublicKey } from 'openpgp';
import { AppError } from '../errors/app-error.ts';
import { isBech32 } from './bech32.ts';

/** For whom something is encrypted: each of them alone can read it. */
export type Recipients =
  | { scheme: 'pgp'; pgp: readonly PublicKey[] }
  | { scheme: 'age'; age: readonly string[] };

/** @param recipients age1... each; more than one may read. Throws key_unusable. */
export function readAgeRecipients(recipients: readonly string[]): Recipients {
  for (const recipient of recipients) {
    const fault = whyNoRecipient(recipient);
    if (fault !== undefined) throw new AppError('key_unusable', `${fault}: ${shorten(recipient)}`);
  }
  return { scheme: 'age', age: recipients };
}

/** Why a text is no recipient of age, or undefined where it is one. */
export function whyNoRecipient(text: string): string | undefined {
  if (/^AGE-SECRET-KEY-/i.test(text)) return 'A secret key stands where a recipient belongs';
  if (!text.startsWith('age1')) return 'A recipient of age begins with age1';
  return isBech32(text) ? undefined : 'It is no recipient of age, or was mistyped';
}

/** A secret that was put here by mistake must not be shown. */
function shorten(text: string): string {
  return text.startsWith('age1') ? `${text.slice(0, 12)}...` : '(not shown)';
}

/** @param armoured one public key or several, as gpg --armor --export writes them. Throws key_unusable. */
export async function readPgpRecipients(armoured: string): Promise<Recipients> {
  // Half of the time of a short command would go into loading it.
  const { readKeys } = await import('openpgp');
  const keys = await readKeys({ armoredKeys: armoured }).catch((cause: unknown) => {
    throw new AppError('key_unusable', 'The file has no armoured PGP public key', {
      hint: 'Ask for the output of gpg --armor --export ADDRESS.',
      cause,
    });
  });
  for (const key of keys) await expectEncryptionKey(key);
  return { scheme: 'pgp', pgp: keys.map((key) => key.toPublic()) };
}

async function expectEncryptionKey(key: PublicKey): Promise<void> {
  try {
    await key.getEncryptionKey();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const id = key.getKeyID().toHex().toUpperCase();
    throw new AppError('key_unusable', `Nothing can be encrypted for the PGP key ${id}: ${why}`, {
      hint: 'Ask its owner for a key that can be encrypted for and that has not expired.',
      cause,
    });
  }
}
