import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { type Environment, resolveSecret } from '../../config/resolve-secrets.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';

/** Why messages would not arrive although their server is well: told by `check` and at the start, and not first in the night. */
export async function missingSecrets(config: LoadedConfig, env: Environment): Promise<AppError[]> {
  const asked = [...config.connections.values()].filter(
    ({ settings }) => settings.enabled && settings.notify,
  );
  const reads = asked.flatMap((connection) => [
    hookSecret(connection, 'webhook', env),
    hookSecret(connection, 'secret', env),
  ]);
  if (asked.some(({ settings }) => settings.notify?.email)) reads.push(mailPassword(config, env));
  const read = await Promise.allSettled(reads);
  return read.flatMap((one) => (one.status === 'rejected' ? [asAppError(one.reason)] : []));
}

export async function mailPassword(
  { settings, folder, placeOf }: LoadedConfig,
  env: Environment,
): Promise<string | undefined> {
  const { password } = settings.mail;
  const place = placeOf(['mail', 'password']);
  return password === undefined
    ? undefined
    : resolveSecret(password, { name: 'mail.password', folder, env, place });
}

export async function hookSecret(
  connection: LoadedConnection,
  key: 'webhook' | 'secret',
  env: Environment,
): Promise<string | undefined> {
  const ref = connection.settings.notify?.[key];
  if (ref === undefined) return undefined;
  const place = connection.placeOf(['notify', key]);
  return resolveSecret(ref, { name: `notify.${key}`, folder: connection.folder, env, place });
}
