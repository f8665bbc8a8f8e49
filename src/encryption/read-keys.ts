import type { PrivateKey } from 'openpgp';
import { AppError } from '../errors/app-error.ts';
import { isBech32 } from './bech32.ts';

/** The keys that are at hand. Secret: never logged, never shown. */
export interface DecryptionKeys {
  pgp: readonly PrivateKey[];
  /** Identities of age, AGE-SECRET-KEY-... */
  age: readonly string[];
}

const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1/;

export const NO_KEYS: DecryptionKeys = { pgp: [], age: [] };

/** @param armoured as gpg --armor --export-secret-keys writes it. Throws key_unusable; no error has the key in it. */
export async function readPgpKeys(armoured: string, passphrase?: string): Promise<readonly PrivateKey[]> {
  const { readPrivateKeys } = await import('openpgp');
  const keys = await readPrivateKeys({ armoredKeys: armoured }).catch((cause: unknown) => {
    throw new AppError('key_unusable', 'The file has no armoured PGP private key', {
      hint: 'Write it with gpg --armor --export-secret-keys ADDRESS > key.asc, and chmod 600 key.asc.',
      cause,
    });
  });
  return Promise.all(keys.map((key) => unlock(key, passphrase)));
}

async function unlock(key: PrivateKey, passphrase: string | undefined): Promise<PrivateKey> {
  if (key.isDecrypted()) return key;
  const id = key.getKeyID().toHex().toUpperCase();
  if (passphrase === undefined)
    throw new AppError(
      'key_unusable',
      `The PGP key ${id} is locked with a passphrase, and none is configured`,
      {
        hint: 'Write passphrase: env:NAME or passphrase: file:PATH beside the key.',
      },
    );
  const { decryptKey } = await import('openpgp');
  return decryptKey({ privateKey: key, passphrase }).catch((cause: unknown) => {
    throw new AppError('key_unusable', `The passphrase does not open the PGP key ${id}`, {
      hint: 'Check the passphrase that is configured beside the key.',
      cause,
    });
  });
}

/** @param text as age-keygen writes it: one identity a line, comments behind #. Throws key_unusable. */
export function readAgeIdentities(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0) throw noIdentity('The file has no identity of age');
  identities.forEach((identity, at) => {
    // What it was given may be a secret of another kind: it is not quoted.
    if (!IDENTITY.test(identity) || !isBech32(identity.toLowerCase()))
      throw noIdentity(`Entry ${at + 1} of the file is no identity of age that is known here`);
  });
  return identities;
}

function noIdentity(sentence: string): AppError {
  return new AppError('key_unusable', sentence, {
    hint: 'An identity is a line that begins with AGE-SECRET-KEY-, as age-keygen writes it. SSH keys and identities that are themselves encrypted are not taken.',
  });
}
