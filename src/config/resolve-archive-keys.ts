import type { ArchiveSettings } from '../archive/schema.ts';
import type { DecryptionKeys } from '../encryption/read-keys.ts';
import { readAgeIdentities } from '../encryption/read-keys.ts';
import { type Recipients, readAgeRecipients } from '../encryption/read-recipients.ts';
import type { YamlFile } from './read-yaml.ts';
import { keysAt } from './resolve-keys.ts';
import type { Environment } from './resolve-secrets.ts';

/** For whom sealed runs are encrypted; undefined where they stay plain. */
export function archiveRecipients({ encrypt }: ArchiveSettings): Recipients | undefined {
  return encrypt && readAgeRecipients(encrypt.age);
}

/**
 * With what sealed runs can be read again; undefined where nothing is configured.
 * Throws secret_missing, also where others can open the file of the identity, and key_unusable.
 */
export async function resolveArchiveKeys(
  { decrypt }: ArchiveSettings,
  { folder, env, placeOf }: { folder: string; env: Environment; placeOf: YamlFile['placeOf'] },
): Promise<DecryptionKeys | undefined> {
  if (!decrypt) return undefined;
  const place = placeOf(['archive', 'decrypt', 'age']);
  const secret = { name: 'archive.decrypt.age', ref: decrypt.age, folder, env, place };
  return { pgp: [], age: await keysAt(secret, readAgeIdentities) };
}
