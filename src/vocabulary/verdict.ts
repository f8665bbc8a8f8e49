/** The end of a row. Every row has exactly one, and they add up to the rows read, or the run stops. */
export const VERDICTS = ['carried', 'rejected', 'duplicate', 'ineligible', 'held'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a student, or a row of theirs, is left out; in the order in which they are asked. */
export const INELIGIBLE_REASONS = [
  'never_include',
  'school',
  'status',
  'age',
  'student_not_carried',
] as const;
export type IneligibleReason = (typeof INELIGIBLE_REASONS)[number];

/** What a carried record is against what was last delivered for its id; the first that fits, in this order. */
export const CHANGES = [
  'reactivated',
  'deactivated',
  'transferred',
  'promoted',
  'updated',
  'created',
  'unchanged',
] as const;
export type Change = (typeof CHANGES)[number];
