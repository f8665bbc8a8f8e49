import { z } from 'zod';

const column = z.string().min(1);

/** Who the students of the drop are among those whom a SIS has. */
const matchSchema = z.strictObject({
  against: z.string().min(1).describe('The file of the drop with the present students of the SIS.'),
  identify: z
    .array(column)
    .min(1)
    .describe('Columns of the id that both sides have: where all of them are equal, it is the same student.'),
  suggest: z
    .array(column)
    .default([])
    .describe(
      'Columns by which a student may be likely the same: last name, first name, birth date, and others that may merely be equal.',
    ),
  unresolved: z
    .enum(['hold_record', 'hold_run'])
    .default('hold_record')
    .describe('What waits while nobody has decided about a likely match.'),
});

const deactivate = z.record(z.string(), z.string()).refine((fields) => Object.keys(fields).length > 0, {
  message: 'needs a field that says that the student is gone, such as { students.status: Inactive }',
});

/** How what is carried is held against what was last delivered. */
export const reconcileSchema = z.strictObject({
  deliver: z
    .enum(['full', 'changes'])
    .default('full')
    .describe('full: every student that is carried; changes: only those whose record is not unchanged.'),
  removed: z
    .union([z.literal('report'), z.strictObject({ deactivate })])
    .default('report')
    .describe(
      'report: who is gone stands in the report; deactivate: a last row is sent, with these fields set.',
    ),
  rejected: z
    .enum(['carry_forward', 'leave_out'])
    .default('carry_forward')
    .describe('What is sent for a known student whose row is broken: the last record again, or nothing.'),
  reactivate: z
    .enum(['hold', 'send', 'keep_inactive'])
    .default('hold')
    .describe('What becomes of a student who was delivered as not active and is active again.'),
  match: matchSchema
    .optional()
    .describe('For deliveries into a SIS: which of its students the records are about.'),
  grade_order: z
    .array(column)
    .min(2)
    .optional()
    .describe(
      'The grades of the district, lowest first, where numbers, PK, K and the other usual names do not say it.',
    ),
  on_identical: z
    .enum(['run', 'skip'])
    .default('run')
    .describe('What becomes of a drop that is byte for byte the last one.'),
});
export type ReconcileSettings = z.output<typeof reconcileSchema>;
