import { createHmac } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { Message } from '../vocabulary/alert.ts';

/** Where to, and what it is signed with. Never logged: the address may have a token in it. */
export interface WebhookAccess {
  url: string;
  secret?: string;
}

const TIMEOUT_MS = 10_000;

/**
 * POSTs one alert as JSON. Throws notify_failed where anything but a 2xx answer comes; a redirect is not followed, because
 * it would carry the message to an address that nobody wrote down.
 * @param nowMs milliseconds since 1970; part of the signature, so that an old call cannot be played again
 */
export async function callWebhook(access: WebhookAccess, message: Message, nowMs: number): Promise<void> {
  const body = webhookBody(message);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'rosterferry',
    'x-rosterferry-delivery': message.id,
    'x-rosterferry-event': message.alert.kind,
  };
  if (access.secret !== undefined)
    headers['x-rosterferry-signature'] = signBody(body, access.secret, Math.floor(nowMs / 1000));
  const url = urlOf(access);
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  } catch (cause) {
    throw new AppError('notify_failed', `The webhook at ${url.host} took no message: ${wordsOf(cause)}`, {
      hint: 'Mend the address that notify.webhook refers to, or what listens there; the daemon and the next run try again for three days.',
      cause,
    });
  }
}

export function webhookBody({ id, alert }: Message): string {
  return JSON.stringify({ schema: 'rosterferry/alert/1', id, ...alert });
}

/** `t=SECONDS,v1=HEX`: HMAC-SHA-256 of `SECONDS.BODY`. */
export function signBody(body: string, secret: string, seconds: number): string {
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hmac}`;
}

function urlOf({ url }: WebhookAccess): URL {
  const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed;
  throw new AppError('notify_failed', 'The webhook is no http or https address', {
    hint: 'Mend the secret that notify.webhook refers to.',
  });
}

/** fetch says "fetch failed", and the reason behind it. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `it said nothing for ${TIMEOUT_MS / 1000} s`;
  return cause.cause instanceof Error ? cause.cause.message || cause.message : cause.message;
}
