import type { ReviewKind } from '../vocabulary/review.ts';
import type { Outcome } from '../vocabulary/run.ts';
import type { FileBooks, Totals } from '../vocabulary/totals.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';

/** Each number of the books in words, in the order in which reports show them. docs/reports.md is made from it. */
export const TOTAL_MEANINGS: Record<keyof Totals, string> = {
  read: 'Data rows of the file; the header is none.',
  rejected: 'Something in the row is wrong; each stands in exceptions.csv with its code.',
  duplicate: 'The row repeats an earlier one word for word, or another row of its student stands for it.',
  ineligible: 'A rule of the connection leaves the row out.',
  held: 'The row waits for the decision of a person.',
  carried: 'The row becomes a record for the other side.',
  created: 'Never delivered before.',
  updated: 'Delivered before with other values.',
  unchanged: 'Delivered before, just the same.',
  transferred: 'Now at another school.',
  promoted: 'Now in a higher grade.',
  deactivated: 'Was active, no longer is.',
  reactivated: 'Was delivered as not active, is active again.',
  removed: 'Delivered last time, and not carried by this drop; these are no rows of the file.',
  carried_forward: 'Delivered last time and broken in this drop, so sent again as it was.',
  delivered: 'Rows of the outbound file.',
};

export const REASON_MEANINGS: Record<IneligibleReason, string> = {
  never_include: 'The student is on the list of those who are never carried.',
  school: 'The school of the student does not carry this category of students.',
  status: 'The student is not active, and the policy carries active students.',
  age: 'The student is outside the ages that the policy carries.',
  student_not_carried: 'The row belongs to a student who is not carried.',
};

export const REMOVED_MEANINGS: Record<keyof FileBooks['removed'], string> = {
  absent: 'This drop has no row for the student.',
  ineligible: 'This drop has the student, but a rule no longer carries them.',
};

export const SAFEGUARD_MEANINGS: Record<string, string> = {
  min_rows: 'The fewest rows that a file of the drop may have.',
  max_rejected: 'The most rows of a file that may be rejected.',
  max_removed: 'The most records last delivered that may be gone.',
  max_created: 'The most new records, against those last delivered.',
  max_updated: 'The most changed records, against those last delivered; any kind of change counts.',
  max_size_change: 'The most by which a file may have grown or shrunk since the last drop.',
  school_gone: 'A school that had students last delivered, and from which nobody is carried any more.',
  per_school: 'The limits of each school by itself; a school above one is listed under that limit.',
};

/** Instead of a value, where there was nothing to hold a limit against. */
export const NOT_MEASURED = 'not measured';

/** What a run may ask a person, in the order in which reports show it. */
export const WAITING_MEANINGS: Record<ReviewKind, string> = {
  safeguard: 'A limit was exceeded, or a school is gone: the run as a whole waits.',
  match: 'A student of the other side is like this one; a person says whether it is the same.',
  difference: 'Both sides have a value in a field, and they differ.',
  reactivated: 'Delivered as not active, and active again.',
  removed: 'Delivered last time, and gone or left out now; listed where that holds the run.',
  left_out: 'Left out because a person decided so before; listed so that it can be changed.',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  delivered: 'Delivered',
  nothing_to_deliver: 'Nothing to deliver',
  held: 'Held: nothing was delivered yet',
  failed: 'Failed: nothing was delivered',
  cancelled: 'Cancelled: nothing was delivered',
  dry_run: 'Dry run: nothing was delivered',
};

/** What every report can be checked by with a pocket calculator. */
export const EQUATIONS: readonly string[] = [
  'read = rejected + duplicate + ineligible + held + carried',
  'carried = created + updated + unchanged + transferred + promoted + deactivated + reactivated',
  'rejected = the sum of its codes',
  'ineligible = the sum of its reasons',
  'removed = absent + ineligible',
  'delivered = carried + carried_forward + deactivations sent for the removed (deliver: full)',
  'delivered = carried - unchanged + deactivations sent for the removed (deliver: changes)',
  'delivered = the rows of the outbound files',
];

/** `students`, or `students, school 410` */
export function describeWhere({
  file,
  school,
}: {
  file?: string | undefined;
  school?: string | undefined;
}): string {
  return [file, school === undefined ? undefined : `school ${school}`]
    .filter((part) => part !== undefined)
    .join(', ');
}
