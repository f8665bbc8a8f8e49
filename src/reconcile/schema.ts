import { z } from 'zod';
import { monthDay } from '../time/schema.ts';

/** A percentage such as 5% or a number of students. */
const limit = z.union([
  z.string().regex(/^\d+(\.\d+)?%$/, 'a percentage such as 5%, or a whole number'),
  z.int().min(0),
]);
export type Limit = z.output<typeof limit>;

const removed = limit.describe('The most students last delivered who may be gone or no longer carried.');
const created = limit.describe('The most new students, against those last delivered.');
const updated = limit.describe('The most changed students, against those last delivered.');

const rolloverSchema = z.strictObject({
  from: monthDay.default('07-01').describe('The first day, MM-dd.'),
  to: monthDay.default('08-31').describe('The last day, MM-dd.'),
  max_removed: removed.default('100%'),
  max_created: created.default('100%'),
  max_updated: updated.default('100%'),
});
export type RolloverSettings = z.output<typeof rolloverSchema>;

const perSchoolSchema = z
  .strictObject({
    max_removed: removed.optional(),
    max_created: created.optional(),
    max_updated: updated.optional(),
    from: z
      .int()
      .min(1)
      .default(10)
      .describe('A school that had fewer students last delivered is not measured.'),
  })
  .refine(
    ({ max_removed, max_created, max_updated }) => (max_removed ?? max_created ?? max_updated) !== undefined,
    { message: 'needs max_removed, max_created or max_updated: what is not given is not measured' },
  );
export type PerSchoolSettings = z.output<typeof perSchoolSchema>;

export const safeguardsSchema = z.strictObject({
  min_rows: z.int().min(0).default(1).describe('The fewest rows that a file of the drop may have.'),
  max_rejected: limit.default('5%').describe('The most rows of a file that may be rejected.'),
  max_removed: removed.default('10%'),
  max_created: created.default('25%'),
  max_updated: updated.default('50%'),
  max_size_change: limit
    .default('50%')
    .describe("The most by which a file may differ from the last drop's, in percent or in bytes."),
  per_school: perSchoolSchema.optional().describe('The same limits for each school by itself.'),
  school_gone: z
    .enum(['hold', 'off'])
    .default('hold')
    .describe('Whether a school from which nobody is carried any more is asked about.'),
  on_breach: z.enum(['hold', 'fail']).default('hold').describe('What becomes of a run above a limit.'),
  review: z
    .enum(['on_breach', 'always'])
    .default('on_breach')
    .describe('always: every delivery waits for a person.'),
  rollover: rolloverSchema
    .optional()
    .describe('The limits of the weeks in which the school year turns over.'),
});
export type SafeguardSettings = z.output<typeof safeguardsSchema>;

export const pauseSchema = z.array(
  z.strictObject({
    from: monthDay.describe('The first day, MM-dd.'),
    to: monthDay.describe('The last day, MM-dd.'),
    reason: z.string().optional(),
    mode: z
      .enum(['stop', 'additions_only'])
      .default('stop')
      .describe('stop: nothing is carried; additions_only: only students who were never delivered.'),
  }),
);
export type PauseSettings = z.output<typeof pauseSchema>[number];
