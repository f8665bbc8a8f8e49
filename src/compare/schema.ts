import { z } from 'zod';

/** How what is carried is held against what was last delivered. */
export const reconcileSchema = z.strictObject({
  deliver: z.enum(['full', 'changes']).default('full'),
  removed: z
    .union([z.literal('report'), z.strictObject({ deactivate: z.record(z.string(), z.string()) })])
    .default('report'),
  rejected: z.enum(['carry_forward', 'leave_out']).default('carry_forward'),
  reactivate: z.enum(['hold', 'send', 'keep_inactive']).default('hold'),
  match: z
    .strictObject({
      against: z.string().min(1),
      identify: z.array(z.string().min(1)).min(1),
      suggest: z.array(z.string().min(1)).default([]),
      unresolved: z.enum(['hold_record', 'hold_run']).default('hold_record'),
    })
    .optional(),
  on_identical: z.enum(['run', 'skip']).default('run'),
});
export type ReconcileSettings = z.output<typeof reconcileSchema>;
