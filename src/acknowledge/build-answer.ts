import { FINDING_HINTS } from '../vocabulary/finding-hints.ts';
import type { RowRemark } from '../vocabulary/row-remark.ts';
import type { Outcome } from '../vocabulary/run.ts';
import type { Totals } from '../vocabulary/totals.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';

/** What the first rows of a result file tell of the run. */
export interface AnswerFacts {
  run: string;
  title: string;
  businessDate: string;
  outcome: Outcome;
  files: readonly { file: string; totals: Totals }[];
  /** Why a run failed. */
  failure: { message: string; hint: string } | undefined;
}

type Cells = readonly (string | number)[];

export const ANSWER_COLUMNS: Cells = [
  'file',
  'row',
  'line',
  'student_id',
  'field',
  'code',
  'message',
  'hint',
  'text',
];

/** The code of the rows that are about the drop and about none of its rows. */
const SUMMARY = 'summary';

/** The rows above all others: how the run ended, then each file with its numbers. */
export function summariseAnswer({ run, title, businessDate, outcome, files, failure }: AnswerFacts): Cells[] {
  const sentence = `${title}, ${businessDate}: ${OUTCOMES[outcome]} The run is ${run}.`;
  return [
    summaryRow('', sentence, ''),
    ...(failure ? [summaryRow('', failure.message, failure.hint)] : []),
    ...files.map(({ file, totals }) => summaryRow(file, countsOf(totals), hintOf(totals))),
  ];
}

/** One row of the drop with all that was found in it. @param text the row as it stood in the file, or blank */
export function answerRow(remarks: readonly RowRemark[], text: string): Cells {
  const [first] = remarks;
  const each = (cell: (remark: RowRemark) => string) => joined(remarks.map(cell));
  return [
    first?.file ?? '',
    first?.row ?? '',
    first?.line ?? '',
    first?.studentId ?? '',
    each(({ field }) => field),
    each(({ code }) => code),
    each(({ message }) => message),
    each(({ code }) => HINTS[code] ?? ''),
    text,
  ];
}

const OUTCOMES: Record<Outcome, string> = {
  delivered: 'the files were carried and delivered.',
  nothing_to_deliver: 'the files were read, and there was nothing to deliver.',
  held: 'the files wait for a person, and nothing was delivered yet.',
  failed: 'the files could not be carried, and nothing was delivered.',
  cancelled: 'a person decided that the files are not delivered.',
  dry_run: 'the files were tried, and nothing was delivered.',
};

function summaryRow(file: string, message: string, hint: string): Cells {
  return [file, '', '', '', '', SUMMARY, message, hint, ''];
}

function countsOf({ read, carried, rejected, duplicate, ineligible, held }: Totals): string {
  const others = { rejected, duplicate, 'left out by a rule': ineligible, 'waiting for a person': held };
  const parts = Object.entries(others).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  return `${[`${read} rows read: ${carried} carried`, ...parts].join(', ')}.`;
}

function hintOf({ read, carried }: Totals): string {
  return read === carried
    ? 'Every row was carried.'
    : 'Each row that was not carried stands below, with why and what to do.';
}

/** Each once, in their order: three faults of one kind are one sentence. */
function joined(parts: readonly string[]): string {
  return [...new Set(parts)].filter((part) => part !== '').join('; ');
}

const LEFT_OUT_HINTS: Record<IneligibleReason, string> = {
  never_include: 'Nothing to do, unless the student is to be carried again: then tell the service.',
  school: 'Nothing to do, unless the school or the category of the student is wrong in the student system.',
  status: 'Nothing to do, unless the status is wrong in the student system.',
  age: 'Nothing to do, unless the birth date is wrong in the student system.',
  student_not_carried: 'Look for the row of the student; this one goes with it.',
};

const HINTS: Readonly<Record<string, string>> = {
  ...FINDING_HINTS,
  ...LEFT_OUT_HINTS,
  duplicate: 'Nothing to do: the row stands in the file twice, and was carried once.',
  not_primary: 'Nothing to do: another row of the student stands for this one.',
  held: 'A person at the service decides about this row; nothing to do yet.',
};
