import { type DecryptionKeys, readAgeIdentities, readPgpKeys } from '../encryption/read-keys.ts';
import { AppError, type Place } from '../errors/app-error.ts';
import type { LoadedConnection } from './load-connection.ts';
import { type Environment, resolveSecret } from './resolve-secrets.ts';

/**
 * The keys for the drops of a connection; undefined where it expects none to be encrypted.
 * Throws secret_missing, also where others can open the file of a key, and key_unusable.
 */
export async function resolveDropKeys(
  { settings, folder, placeOf }: Pick<LoadedConnection, 'settings' | 'folder' | 'placeOf'>,
  env: Environment,
): Promise<DecryptionKeys | undefined> {
  const { decrypt } = settings.source;
  if (!decrypt) return undefined;
  const at = (key: 'pgp' | 'age' | 'passphrase') => {
    const ref = decrypt[key];
    const place = placeOf(['source', 'decrypt', key]);
    return ref === undefined ? undefined : { name: `decrypt.${key}`, ref, folder, env, place };
  };
  const passphrase = await secretAt(at('passphrase'));
  return {
    pgp: await keysAt(at('pgp'), (text) => readPgpKeys(text, passphrase)),
    age: await keysAt(at('age'), readAgeIdentities),
  };
}

interface SecretAt {
  /** The key as it stands in the configuration. */
  name: string;
  ref: string;
  folder: string;
  env: Environment;
  place: Place;
}

async function secretAt(secret: SecretAt | undefined): Promise<string | undefined> {
  return secret && resolveSecret(secret.ref, secret);
}

/** A key that cannot be used is said with the place where it is configured. */
export async function keysAt<Keys>(
  secret: SecretAt | undefined,
  read: (text: string) => readonly Keys[] | Promise<readonly Keys[]>,
): Promise<readonly Keys[]> {
  if (!secret) return [];
  const text = await resolveSecret(secret.ref, secret);
  try {
    return await read(text);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { code, message, hint } = thrown;
    throw new AppError(code, `${secret.ref}: ${message}`, { hint, place: secret.place, cause: thrown });
  }
}
