import { hostname } from 'node:os';
import { createTransport } from 'nodemailer';
import { AppError } from '../errors/app-error.ts';
import type { Message } from '../vocabulary/alert.ts';
import type { MailSettings } from './schema.ts';
import { writeMail } from './write-mail.ts';

/** The mail server, its password resolved. Never logged whole. */
export type MailAccess = Omit<MailSettings, 'password'> & { password?: string };

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;
const TLS_PORT = 465;

/**
 * Hands one e-mail to the server. Throws notify_failed, also where it takes the mail for some of the addresses only.
 * The same message has the same Message-ID each time, so that a mail reader can tell a repetition.
 */
export async function sendMail(access: MailAccess, { id, to, alert }: Message): Promise<void> {
  const { host, username, password } = access;
  const port = access.port ?? (username === undefined ? 25 : 587);
  const isRequired = (access.tls ?? (username === undefined ? 'when_offered' : 'required')) === 'required';
  const transport = createTransport({
    host,
    port,
    secure: port === TLS_PORT,
    requireTLS: isRequired,
    // Without a promise of TLS nothing is gained by refusing the certificate that a local server made for itself.
    tls: { rejectUnauthorized: isRequired || port === TLS_PORT },
    ...(username === undefined || password === undefined ? {} : { auth: { user: username, pass: password } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, text } = writeMail(alert);
  const from = access.from ?? `rosterferry@${hostname()}`;
  try {
    const { rejected } = await transport.sendMail({
      from: { name: 'Rosterferry', address: from },
      to: [...to],
      subject,
      text,
      messageId: `<${id}@${from.split('@')[1] ?? 'rosterferry'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    if (rejected.length > 0) throw new Error(`it refuses ${rejected.length} of ${to.length} addresses`);
  } catch (cause) {
    throw notSent(`The mail server ${host}:${port} did not take an e-mail`, cause);
  } finally {
    transport.close();
  }
}

/** What the server says may repeat the login, so only its code and first line are told. */
function notSent(sentence: string, cause: unknown): AppError {
  const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  return new AppError('notify_failed', `${sentence}: ${why}`, { cause });
}
