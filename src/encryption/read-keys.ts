import { Decrypter } from 'age-encryption';
import { decryptKey, type PrivateKey, readPrivateKeys } from 'openpgp';
import { AppError } from '../errors/app-error.ts';

/** The keys that are at hand. Secret: never logged, never shown. */
export interface DecryptionKeys {
  pgp: readonly PrivateKey[];
  /** Identities of age, AGE-SECRET-KEY-... */
  age: readonly string[];
}

export const NO_KEYS: DecryptionKeys = { pgp: [], age: [] };

/** @param armoured as gpg --armor --export-secret-keys writes it. Throws key_unusable; no error has the key in it. */
export async function readPgpKeys(armoured: string, passphrase?: string): Promise<readonly PrivateKey[]> {
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
    try {
      new Decrypter().addIdentity(identity);
    } catch {
      // The library's message may quote what it was given.
      throw noIdentity(`Entry ${at + 1} of the file is no identity of age that is known here`);
    }
  });
  return identities;
}

function noIdentity(sentence: string): AppError {
  return new AppError('key_unusable', sentence, {
    hint: 'An identity is a line that begins with AGE-SECRET-KEY-, as age-keygen writes it. SSH keys and identities that are themselves encrypted are not taken.',
  });
}
