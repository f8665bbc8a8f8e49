/**
 * Notify: who is told when a run needs a person.
 *
 * in:       the settings of a connection
 * out:      the same, checked
 * promises: a web address is referred to as a secret, because many carry a token
 * never:    sends anything yet: the keys are accepted, and every command says that they are not acted on
 */
import { z } from 'zod';
import { secretRef } from '../sftp/schema.ts';

export const notifySchema = z
  .strictObject({
    on: z
      .array(z.enum(['held', 'failed', 'late', 'out_of_balance']))
      .min(1)
      .describe('What is told.'),
    email: z.array(z.email('an e-mail address')).min(1).optional().describe('Who is written to.'),
    webhook: secretRef.optional().describe('The address that is called: env:NAME or file:PATH.'),
  })
  .refine((notify) => notify.email !== undefined || notify.webhook !== undefined, {
    message: 'needs email, webhook, or both',
  });
