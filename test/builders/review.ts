/** Questions of a made-up run, and the sheet that a person would fill in. */
import { buildSheet } from '../../src/review/build-sheet.ts';
import { compileQuestions, type Questions } from '../../src/review/compile-questions.ts';
import type { Reviewer } from '../../src/review/gather-decisions.ts';
import type { FilledSheet } from '../../src/review/locate-rows.ts';
import { type RecordDecision, WHO_FIELD } from '../../src/vocabulary/memory.ts';
import type { ReviewEntry, ReviewItem } from '../../src/vocabulary/review.ts';

export const RUN = '20261122T093000Z-north-000000';
export const STARTED_AT = '2026-11-22T03:30:00.000-06:00';
export const TARGETS = ['student_id', 'last_name', 'birth_date', 'phone'];
export const RITA: Reviewer = { by: 'rita', at: '2026-11-22T08:00:00.000-06:00', reason: '' };

export function item(change: Partial<ReviewItem> = {}): ReviewItem {
  return {
    kind: 'match',
    file: 'students',
    id: '0012',
    field: '',
    why: 'A student of the other side is like this one.',
    candidates: [
      { id: 'S-123', score: 93, why: 'same birth date, last name one letter different' },
      { id: '00456', score: 71, why: 'same name' },
    ],
    existing: '',
    values: ['0012', 'Lee', '2015-05-01', '555-0100'],
    choices: ['match', 'new', 'leave_out'],
    holdsRun: false,
    ...change,
  };
}

export const DIFFERENCE = item({
  kind: 'difference',
  id: '0013',
  field: 'phone',
  candidates: [],
  existing: '555-0199',
  values: ['0013', 'Poe', '2014-02-28', '555-0101'],
  choices: ['new', 'keep_existing', 'value', 'leave_out'],
});
export const REACTIVATED = item({
  kind: 'reactivated',
  id: '0014',
  candidates: [],
  values: ['0014', 'Ray', '2013-12-31', ''],
  choices: ['approve', 'leave_out'],
});
export const REMOVED = item({ kind: 'removed', id: '0015', candidates: [], choices: [], holdsRun: true });
export const SAFEGUARD = item({
  kind: 'safeguard',
  id: '',
  candidates: [],
  values: [],
  choices: [],
  holdsRun: true,
});

/** One of each kind that a run asks. */
export const ITEMS = [SAFEGUARD, item(), DIFFERENCE, REACTIVATED, REMOVED];

export function entriesOf(items: readonly ReviewItem[], targets = TARGETS): ReviewEntry[] {
  return [
    { kind: 'file', file: 'students', targets },
    ...items.map((one): ReviewEntry => ({ kind: 'item', item: one })),
  ];
}

export function questionsOf(
  items: readonly ReviewItem[] = ITEMS,
  decisions: readonly RecordDecision[] = [],
  targets = TARGETS,
): Questions {
  return compileQuestions({ run: RUN, startedAt: STARTED_AT, entries: entriesOf(items, targets), decisions });
}

export function decisionOf(change: Partial<RecordDecision> = {}): RecordDecision {
  return {
    file: 'students',
    id: '0012',
    field: WHO_FIELD,
    choice: 'new',
    value: '',
    about: '',
    shown: [],
    by: 'ann',
    at: '2026-11-22T04:00:00.000-06:00',
    reason: '',
    ...change,
  };
}

/** What to write into which column of the row of a student; the row of the run as a whole is that of a blank id. */
export type Edits = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The sheet of these questions, with some cells changed by a person. */
export function fill(questions: Questions, edits: Edits = {}): FilledSheet {
  const [columns = [], ...rows] = buildSheet(questions);
  const at = (name: string) => {
    const index = columns.indexOf(name);
    if (index < 0) throw new Error(`the sheet has no column ${name}`);
    return index;
  };
  const cells = rows.map((row) => {
    const changed = [...row];
    for (const [name, text] of Object.entries(edits[row[at('student_id')] ?? ''] ?? {}))
      changed[at(name)] = text;
    return changed;
  });
  return {
    file: 'review.csv',
    encoding: 'utf-8',
    columns,
    rows: cells.map((row, index) => ({ line: index + 2, cells: row })),
  };
}
