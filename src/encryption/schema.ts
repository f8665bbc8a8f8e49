import { z } from 'zod';
import { whyNoRecipient } from './read-recipients.ts';

const recipient = z.string().superRefine((written, issue) => {
  const fault = whyNoRecipient(written);
  if (fault !== undefined) issue.addIssue({ code: 'custom', message: fault });
});

/** One recipient of age, or several of whom each can read what is encrypted. */
export const recipientsSchema = z.union([recipient.transform((one) => [one]), z.array(recipient).min(1)]);
