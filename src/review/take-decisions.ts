import { type AppError, type Place, throwAll } from '../errors/app-error.ts';
import type { DecisionChoice } from '../vocabulary/memory.ts';
import { compareCell, recogniseSaving, type SavedSheet } from './compare-cell.ts';
import type { Questions } from './compile-questions.ts';
import {
  type GatheredDecisions,
  type GivenReason,
  openGathering,
  type Reviewer,
  type TakenDecision,
} from './gather-decisions.ts';
import { type FilledSheet, type LocatedRow, locateRows } from './locate-rows.ts';
import { exportedValue, readCorrections } from './read-corrections.ts';
import { fieldOf, readRowDecision } from './read-row-decision.ts';

/** Worth knowing, and no mistake. No value of a student. */
export interface SheetNotice {
  code: string;
  message: string;
  /** Of the sheet; undefined where it is about several rows. */
  line?: number;
}

export interface TakenReview {
  /** New, or other than what was decided before. */
  taken: TakenDecision[];
  /** In the sheet, and in force already. */
  restated: TakenDecision[];
  notices: SheetNotice[];
  /** Questions that could be answered and are not. */
  openCount: number;
}

/**
 * The decisions of a filled sheet. Throws every wrong cell at once, each with its place and what is allowed there:
 * review_column, review_row, review_id, review_decision, review_value, review_conflict, review_stale.
 */
export function takeDecisions(sheet: FilledSheet, questions: Questions, reviewer: Reviewer): TakenReview {
  const located = locateRows(sheet, questions);
  const saved = recogniseSaving(sheet.encoding, () => pairsOf(located.rows));
  const review: Review = {
    gathered: openGathering(questions, reviewer),
    errors: located.errors,
    notices: [],
    rewritten: new Map(),
  };
  for (const row of located.rows) readRow(row, saved, review);
  throwAll(review.errors.toSorted(byPlace));
  return {
    ...review.gathered.close(),
    notices: [
      ...review.notices,
      ...[...review.rewritten].map(rewrittenNotice),
      ...(located.answeredCount > 0 ? [answeredNotice(located.answeredCount)] : []),
    ],
  };
}

function* pairsOf(rows: readonly LocatedRow[]): Generator<readonly [string, string]> {
  for (const row of rows)
    for (const { target, cell = '' } of row.values) yield [exportedValue(row, target), cell];
}

interface Review {
  gathered: GatheredDecisions;
  errors: AppError[];
  notices: SheetNotice[];
  /** How often the spreadsheet wrote a value otherwise, by how. */
  rewritten: Map<string, number>;
}

function readRow(row: LocatedRow, saved: SavedSheet, review: Review): void {
  const { question } = row;
  const { corrections, errors, rewritten } = readCorrections(row, saved);
  for (const how of rewritten) review.rewritten.set(how, (review.rewritten.get(how) ?? 0) + 1);
  const reason = reasonOf(row, saved);
  const say = (one: { choice: DecisionChoice; field: string; value: string; place: Place }) =>
    review.gathered.add({ question, reason, ...one });
  review.errors.push(...errors, ...corrections.flatMap((one) => say({ choice: 'value', ...one })));
  const decision = readRowDecision(row, corrections);
  if (decision.kind === 'error') {
    review.errors.push(decision.error);
    return;
  }
  if (decision.notice) review.notices.push({ ...decision.notice, line: row.line });
  if (decision.kind === 'none') return;
  const { choice } = decision;
  const field = fieldOf(question.item, choice);
  review.errors.push(...say({ choice, field, value: '', place: row.at('decision') }));
}

function reasonOf(row: LocatedRow, saved: SavedSheet): GivenReason {
  const cell = row.cell('reason') ?? '';
  const exported = row.question.answer?.reason ?? '';
  const verdict = compareCell(exported, cell, saved);
  if (verdict.kind === 'changed') return { text: verdict.value.trim(), isNew: cell.trim() !== '' };
  return { text: exported, isNew: false };
}

function rewrittenNotice([how, count]: readonly [string, number]): SheetNotice {
  const values = count === 1 ? '1 value was' : `${count} values were`;
  return {
    code: 'rewritten_by_spreadsheet',
    message: `${values} not taken as corrected, because spreadsheets change such values by themselves: ${how}`,
  };
}

function answeredNotice(count: number): SheetNotice {
  const rows = count === 1 ? '1 row is' : `${count} rows are`;
  return {
    code: 'already_answered',
    message: `${rows} about questions that the run no longer asks; their values were not looked at`,
  };
}

function byPlace(one: AppError, other: AppError): number {
  const [a, b] = [one.place, other.place];
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
