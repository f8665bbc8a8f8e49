import { type Recipients, readAgeRecipients, readPgpRecipients } from '../encryption/read-recipients.ts';
import { AppError } from '../errors/app-error.ts';
import type { LoadedConnection } from './load-connection.ts';
import { type Environment, resolvePublicKey } from './resolve-secrets.ts';

/**
 * For whom the deliveries of a connection are encrypted; undefined where they are not.
 * Throws secret_missing, and key_unusable with the place of the key.
 */
export async function resolveRecipients(
  { settings, folder, placeOf }: Pick<LoadedConnection, 'settings' | 'folder' | 'placeOf'>,
  env: Environment,
): Promise<Recipients | undefined> {
  const { encrypt } = settings.destination;
  if (encrypt?.age) return readAgeRecipients(encrypt.age);
  if (encrypt?.pgp === undefined) return undefined;
  const place = placeOf(['destination', 'encrypt', 'pgp']);
  const text = await resolvePublicKey(encrypt.pgp, { name: 'encrypt.pgp', folder, env, place });
  try {
    return await readPgpRecipients(text);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { code, message, hint } = thrown;
    throw new AppError(code, `${encrypt.pgp}: ${message}`, { hint, place, cause: thrown });
  }
}
