import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Environment } from '../../config/resolve-secrets.ts';
import { AppError } from '../../errors/app-error.ts';
import { callWebhook } from '../../notify/call-webhook.ts';
import type { Senders } from '../../notify/send-due.ts';
import { sendMail } from '../../notify/send-mail.ts';
import type { Message } from '../../vocabulary/alert.ts';
import { hookSecret, mailPassword } from './notify-secrets.ts';

/** Secrets are read when a message is sent: what was mended in the meantime holds for what waits too. */
export function openSenders(config: LoadedConfig, env: Environment, now: () => number): Senders {
  return {
    async email(message) {
      const { password: _, ...mail } = config.settings.mail;
      const password = await mailPassword(config, env);
      await sendMail({ ...mail, ...(password === undefined ? {} : { password }) }, message);
    },
    async webhook(message) {
      const connection = connectionOf(config, message);
      const url = await hookSecret(connection, 'webhook', env);
      const secret = await hookSecret(connection, 'secret', env);
      if (url === undefined) throw goneAway(message);
      await callWebhook({ url, ...(secret === undefined ? {} : { secret }) }, message, now());
    },
  };
}

function connectionOf({ connections }: LoadedConfig, message: Message): LoadedConnection {
  const connection = connections.get(message.connection);
  if (!connection) throw goneAway(message);
  return connection;
}

function goneAway({ connection }: Message): AppError {
  return new AppError('notify_failed', `The connection ${connection} has no webhook any more`);
}
