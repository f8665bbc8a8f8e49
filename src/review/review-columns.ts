/**
 * Review: what a run asks a person, as a sheet to fill in, and the filled sheet as decisions.
 *
 * in:       the questions of a run, what was decided about them; the cells of a sheet that came back
 * out:      the rows of a sheet, the lines for a terminal; decisions, or every wrong cell at once
 * promises: a sheet that nobody touched decides nothing, whatever spreadsheet saved it; a cell that cannot be meant is refused
 * never:    decides anything itself, guesses what was meant, or puts a value of a student into an error
 */
import type { ReviewKind } from '../vocabulary/review.ts';

/** The columns of the sheet that are not mapped values, in their order, with what stands in them. */
export const REVIEW_COLUMNS = {
  decision: 'What you decide. Blank leaves the question open.',
  kind: 'What is asked; see the kinds below.',
  file: 'The file of the drop.',
  student_id: 'The id of the record in the drop. Blank where the row is about the run as a whole.',
  field: 'The field that differs, where `kind` is `difference`.',
  why: 'Why it is asked, in a sentence.',
  candidates: 'Who it may be: id, score from 0 to 100, and what is alike. The likeliest comes first.',
  existing: 'The value at the other side, where `kind` is `difference`.',
  new: 'The value that the drop brings, where `kind` is `difference`. You may correct it here.',
  reason: 'Why you decide so. It stands in the report; `--reason` fills the blank ones.',
  run: 'The run that asks. Leave it as it is.',
  key: 'By this the row is found again. Leave it as it is.',
} as const;
export type ReviewColumn = keyof typeof REVIEW_COLUMNS;

export const KIND_MEANINGS: Readonly<Record<ReviewKind, string>> = {
  safeguard: 'A limit was exceeded, or a school is gone. It is about the run as a whole.',
  match: 'A student of the other side is like this one.',
  difference: 'Both sides have a value in a field, and they differ.',
  reactivated: 'The student was delivered as not active, and is active again.',
  removed: 'The student was delivered last time, and is gone or left out now.',
  left_out: 'A person decided before that this record is not sent.',
};

/** The words for the column `decision`. */
export const DECISION_MEANINGS = {
  approve: 'Send the record as it is, this once.',
  leave_out: 'Do not send this record, until somebody decides otherwise.',
  'match:ID': 'It is the student ID of the other side; write the id in place of ID.',
  new: 'In a `match`: none of the candidates, but a new student. In a `difference`: the new value wins.',
  keep_existing: 'In a `difference`: the value at the other side stays.',
  value: 'The corrected value of this row wins. It may stay blank: the corrected cell alone says so.',
} as const;

const BEFORE_VALUES: readonly ReviewColumn[] = [
  'decision',
  'kind',
  'file',
  'student_id',
  'field',
  'why',
  'candidates',
  'existing',
  'new',
  'reason',
];
const AFTER_VALUES: readonly ReviewColumn[] = ['run', 'key'];

/** One column of the sheet: one of ours, or a target field. */
export type SheetColumn = { header: string; is: ReviewColumn } | { header: string; target: string };

/** All columns in order: ours, a column for each target field, and last those by which a row is found again. */
export function sheetColumns(targets: readonly string[]): SheetColumn[] {
  const own = (is: ReviewColumn): SheetColumn => ({ header: is, is });
  const taken = new Set<string>(Object.keys(REVIEW_COLUMNS));
  const values = targets.map((target) => ({ header: freeHeader(target.trim(), taken), target }));
  return [...BEFORE_VALUES.map(own), ...values, ...AFTER_VALUES.map(own)];
}

/** A target field may be called `student_id` too, and no two columns of a sheet may have one name. */
function freeHeader(name: string, taken: Set<string>): string {
  let header = name;
  for (let count = 1; header === '' || taken.has(header); count++)
    header = count === 1 ? `${name} (value)` : `${name} (value ${count})`;
  taken.add(header);
  return header;
}
