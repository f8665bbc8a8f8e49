import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { type Environment, resolveSecret } from '../../config/resolve-secrets.ts';
import { AppError, asAppError } from '../../errors/app-error.ts';
import { callWebhook } from '../../notify/call-webhook.ts';
import type { Senders } from '../../notify/send-due.ts';
import { sendMail } from '../../notify/send-mail.ts';
import type { Message } from '../../vocabulary/alert.ts';

/** Secrets are read when a message is sent: what was mended in the meantime holds for what waits too. */
export function openSenders(config: LoadedConfig, env: Environment, now: () => number): Senders {
  return {
    async email(message) {
      const { password: _, ...mail } = config.settings.mail;
      const password = await passwordOf(config, env);
      await sendMail({ ...mail, ...(password === undefined ? {} : { password }) }, message);
    },
    async webhook(message) {
      const connection = connectionOf(config, message);
      const url = await secretOf(connection, 'webhook', env);
      const secret = await secretOf(connection, 'secret', env);
      if (url === undefined) throw goneAway(message);
      await callWebhook({ url, ...(secret === undefined ? {} : { secret }) }, message, now());
    },
  };
}

/** Why messages would not arrive although their server is well: told at the start, and not first in the night. */
export async function missingSecrets(config: LoadedConfig, env: Environment): Promise<AppError[]> {
  const asked = [...config.connections.values()].filter(
    ({ settings }) => settings.enabled && settings.notify,
  );
  const reads = asked.flatMap((connection) => [
    secretOf(connection, 'webhook', env),
    secretOf(connection, 'secret', env),
  ]);
  if (asked.some(({ settings }) => settings.notify?.email)) reads.push(passwordOf(config, env));
  const read = await Promise.allSettled(reads);
  return read.flatMap((one) => (one.status === 'rejected' ? [asAppError(one.reason)] : []));
}

async function passwordOf({ settings, path, folder }: LoadedConfig, env: Environment) {
  const { password } = settings.mail;
  return password === undefined ? undefined : resolveSecret(password, { folder, env, place: { file: path } });
}

async function secretOf(connection: LoadedConnection, key: 'webhook' | 'secret', env: Environment) {
  const ref = connection.settings.notify?.[key];
  if (ref === undefined) return undefined;
  return resolveSecret(ref, { folder: connection.folder, env, place: connection.placeOf(['notify', key]) });
}

function connectionOf({ connections }: LoadedConfig, message: Message): LoadedConnection {
  const connection = connections.get(message.connection);
  if (!connection) throw goneAway(message);
  return connection;
}

function goneAway({ connection }: Message): AppError {
  return new AppError('notify_failed', `The connection ${connection} has no webhook any more`);
}
