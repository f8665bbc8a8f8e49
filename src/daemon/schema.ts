import { validateDetailed } from 'node-cron';
import { z } from 'zod';

const duration = z
  .string()
  .regex(/^\d+(s|m|h)$/, 'a number and a unit: 30s, 5m, 1h')
  .refine((text) => /[1-9]/.test(text), 'must be longer than nothing');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour and a minute: 05:00');

const cron = z.string().superRefine((expression, issue) => {
  const [fault] = validateDetailed(expression).errors;
  if (fault) issue.addIssue({ code: 'custom', message: `no cron expression: ${fault.message}` });
});

export const scheduleSchema = z.union([
  z.strictObject({ watch: z.literal(true) }),
  z.strictObject({ cron, catch_up: z.boolean().default(true) }),
  z.strictObject({ every: duration }),
]);
export type ScheduleSettings = z.output<typeof scheduleSchema>;

export const expectSchema = z.strictObject({
  by: clockTime.optional(),
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .optional(),
  newer_than: z
    .string()
    .regex(/^\d+(m|h|d)$/, 'a number and a unit: 36h')
    .optional(),
});

export type ExpectSettings = z.output<typeof expectSchema>;
