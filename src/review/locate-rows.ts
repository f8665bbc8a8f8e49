import { AppError } from '../errors/app-error.ts';
import type { DecisionChoice } from '../vocabulary/memory.ts';
import { ownCells } from './build-sheet.ts';
import { compareCell } from './compare-cell.ts';
import { type AskedQuestion, answeredField, type Questions } from './compile-questions.ts';
import { type ColumnPlaces, placeColumns } from './place-columns.ts';
import { readCell } from './protect-cell.ts';
import { type QuestionKey, questionName, readKey } from './question-key.ts';
import { readDecision } from './read-decision.ts';
import type { ReviewColumn } from './review-columns.ts';

/** A sheet that came back, as a reader of CSV gives it. */
export interface FilledSheet {
  /** The name that errors use. */
  file: string;
  encoding: string;
  /** Trimmed. */
  columns: readonly string[];
  rows: readonly FilledRow[];
}

export interface FilledRow {
  line: number;
  cells: readonly string[];
}

/** A row and the question that it is about. */
export interface LocatedRow {
  line: number;
  question: AskedQuestion;
  /** Its values were exported before the run was drafted as it is now. */
  isStale: boolean;
  /** Undefined where the sheet has no such column, or the row ends before it. */
  cell(column: ReviewColumn): string | undefined;
  values: readonly ValueCell[];
  at(column: ReviewColumn): { file: string; line: number; column: number };
}

export interface ValueCell {
  target: string;
  /** Counted from 1. */
  column: number;
  /** Undefined where the row ends before it. */
  cell: string | undefined;
}

export interface LocatedRows {
  rows: LocatedRow[];
  errors: AppError[];
  /** Rows about questions that were answered since, and say nothing new. */
  answeredCount: number;
}

/** Finds for each row the question that it is about. Rows with nothing in our columns are passed over. */
export function locateRows(sheet: FilledSheet, questions: Questions): LocatedRows {
  const located: LocatedRows = { rows: [], errors: [], answeredCount: 0 };
  const places = placeColumns(sheet, questions.targets);
  if (places.errors.length > 0) return { ...located, errors: places.errors };
  let foreign: { line: number; count: number } | undefined;
  for (const row of sheet.rows) {
    const text = (column: ReviewColumn) => textIn(row, places.own.get(column))?.trim() ?? '';
    const isEmpty = [...places.own.values(), ...places.values.map(({ at }) => at)].every(
      (at) => (row.cells[at] ?? '').trim() === '',
    );
    if (isEmpty) continue;
    if (text('run') !== '' && text('run') !== questions.run) {
      foreign = { line: foreign?.line ?? row.line, count: (foreign?.count ?? 0) + 1 };
      continue;
    }
    locateRow(row, { sheet, questions, places, located });
  }
  if (foreign) located.errors.push(otherRun(foreign, { sheet, places }));
  return located;
}

interface Look {
  sheet: FilledSheet;
  questions: Questions;
  places: ColumnPlaces;
  located: LocatedRows;
}

function locateRow(row: FilledRow, look: Look): void {
  const { sheet, questions, places, located } = look;
  const at = (column: ReviewColumn) => placeOf(row.line, column, look);
  if (row.cells.slice(sheet.columns.length).some((cell) => cell.trim() !== '')) {
    const sentence = `The row has ${row.cells.length} cells, and the header has ${sheet.columns.length}`;
    located.errors.push(new AppError('review_row', sentence, { place: at('key') }));
    return;
  }
  const key = readKey(textIn(row, places.own.get('key')) ?? '');
  if (!key) {
    const sentence = 'The key of this row is gone or was changed, so nobody knows which question it answers';
    located.errors.push(new AppError('review_row', sentence, { place: at('key') }));
    return;
  }
  const cell = (column: ReviewColumn) => textIn(row, places.own.get(column));
  const question = questions.byName.get(questionName(key));
  if (!question) {
    passAnswered(key, cell('decision') ?? '', { look, place: at('decision') });
    return;
  }
  const found: LocatedRow = {
    line: row.line,
    question,
    isStale: key.print !== question.print,
    cell,
    values: places.values.map(({ target, at: index }) => ({
      target,
      column: index + 1,
      cell: row.cells[index],
    })),
    at,
  };
  const apart = whyApart(found, look);
  if (apart.length > 0) located.errors.push(...apart);
  else located.rows.push(found);
}

/** A sheet may be handed in twice, half filled and then whole: what it said the first time is no mistake. */
function passAnswered(
  key: QuestionKey,
  cell: string,
  { look, place }: { look: Look; place: ReturnType<LocatedRow['at']> },
): void {
  const decided = [answeredField(key), ''].map(
    (field) => look.questions.decided(key.file, key.id, field)?.choice,
  );
  if (readDecision(cell).word === 'blank' || decided.includes(choiceIn(cell))) look.located.answeredCount++;
  else
    look.located.errors.push(
      new AppError('review_stale', 'The question of this row is no longer asked by the run', { place }),
    );
}

function choiceIn(cell: string): DecisionChoice | undefined {
  const decision = readDecision(cell);
  if ('id' in decision) return `match:${decision.id}`;
  const { word } = decision;
  return word === 'blank' || word === 'unknown' || word === 'match' ? undefined : word;
}

const IDENTITY = ['kind', 'file', 'student_id', 'field'] as const;

/** An id that lost characters is another id. */
const AS_IT_IS = { losesCharacters: false };

/** A sheet of which one column was sorted without the others would give each record the decision of another. */
function whyApart(row: LocatedRow, { questions }: Look): AppError[] {
  const exported = ownCells(row.question, questions.run);
  return IDENTITY.flatMap((column) => {
    const cell = row.cell(column);
    if (cell === undefined) return [];
    const verdict = compareCell(exported[column], cell, AS_IT_IS);
    if (verdict.kind === 'same' || readCell(cell).trim() === exported[column].trim()) return [];
    const sentence =
      verdict.kind === 'rewritten'
        ? `The spreadsheet changed the cell ${column}: ${verdict.how}`
        : `The cell ${column} is not the one of the key of this row, as after one column was sorted without the others`;
    const hint =
      'Export the sheet again, read it into the spreadsheet with this column as text, and import that; nothing was taken.';
    return [
      new AppError('review_id', sentence, {
        place: row.at(column),
        ...(verdict.kind === 'rewritten' && { hint }),
      }),
    ];
  });
}

function otherRun(
  { line, count }: { line: number; count: number },
  look: Pick<Look, 'sheet' | 'places'>,
): AppError {
  const sentence = `${count === 1 ? 'This row is' : `This row and ${count - 1} more are`} of the sheet of another run`;
  return new AppError('review_row', sentence, { place: placeOf(line, 'run', look) });
}

function placeOf(line: number, column: ReviewColumn, { sheet, places }: Pick<Look, 'sheet' | 'places'>) {
  return { file: sheet.file, line, column: (places.own.get(column) ?? 0) + 1 };
}

function textIn(row: FilledRow, at: number | undefined): string | undefined {
  return at === undefined ? undefined : row.cells[at];
}
