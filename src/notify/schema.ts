/**
 * Notify: who is told when a connection is not as it should be.
 *
 * in:       alerts, each a sentence without a value of a student; where they go
 * out:      e-mails, and calls of a webhook
 * promises: what did not arrive is tried again; a web address is referred to as a secret, because many carry a token
 * never:    decides what is wrong, or holds up a run
 */
import { z } from 'zod';
import { secretRef } from '../sftp/schema.ts';
import { ALERT_KINDS } from '../vocabulary/alert.ts';

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour and a minute: 07:00');

export const notifySchema = z
  .strictObject({
    on: z.array(z.enum(ALERT_KINDS)).min(1).describe('What is told.'),
    email: z.array(z.email('an e-mail address')).min(1).optional().describe('Who is written to.'),
    webhook: secretRef.optional().describe('The address that is called: env:NAME or file:PATH.'),
    secret: secretRef.optional().describe('Signs what the webhook gets: env:NAME or file:PATH.'),
    digest: hour.optional().describe('When each day is told in one message, in the zone of the service.'),
  })
  .refine((notify) => notify.email !== undefined || notify.webhook !== undefined, {
    message: 'needs email, webhook, or both',
  })
  .refine((notify) => notify.secret === undefined || notify.webhook !== undefined, {
    message: 'has a secret for a webhook, and no webhook',
  });
export type NotifySettings = z.output<typeof notifySchema>;

/** Through which server e-mails leave the house. */
export const mailSchema = z
  .strictObject({
    host: z.string().min(1).default('localhost').describe('The mail server.'),
    port: z
      .int()
      .min(1)
      .max(65535)
      .optional()
      .describe('465 is TLS from the start; 587 with a username, else 25.'),
    username: z.string().min(1).optional(),
    password: secretRef.optional().describe('env:NAME or file:PATH.'),
    from: z
      .email('an e-mail address')
      .optional()
      .describe('The sender; rosterferry@HOST where it is left out.'),
    tls: z
      .enum(['required', 'when_offered'])
      .optional()
      .describe('required where there is a username; else when_offered.'),
  })
  .refine((mail) => (mail.username === undefined) === (mail.password === undefined), {
    message: 'needs username and password together',
  });
export type MailSettings = z.output<typeof mailSchema>;
