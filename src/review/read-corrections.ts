import { AppError } from '../errors/app-error.ts';
import { type CellVerdict, compareCell, type SavedSheet } from './compare-cell.ts';
import type { LocatedRow, ValueCell } from './locate-rows.ts';

/** A value that a person wrote in place of the mapped one. */
export interface Correction {
  field: string;
  value: string;
  place: { file: string; line: number; column: number };
}

export interface RowCorrections {
  corrections: Correction[];
  errors: AppError[];
  /** Cells that the spreadsheet wrote otherwise by itself, and how. */
  rewritten: string[];
}

/** What a person changed among the mapped values of a row, and what they cannot have meant. */
export function readCorrections(row: LocatedRow, saved: SavedSheet): RowCorrections {
  const found: RowCorrections = { corrections: [], errors: [], rewritten: [] };
  for (const cell of row.values) readValue(cell, { row, saved, found });
  readSides({ row, saved, found });
  return found;
}

interface Reading {
  row: LocatedRow;
  saved: SavedSheet;
  found: RowCorrections;
}

/** The value that stands in the sheet for a target field; blank where the file of the row has no such field. */
export function exportedValue({ question }: LocatedRow, target: string): string {
  return question.shown[question.targets.indexOf(target)] ?? '';
}

function readValue(one: ValueCell, { row, saved, found }: Reading): void {
  const { target, column } = one;
  const place = { ...row.at('key'), column };
  const exported = exportedValue(row, target);
  if (one.cell === undefined && exported !== '') {
    const sentence = `The row ends before the column of ${target}, which was exported with a value`;
    found.errors.push(new AppError('review_value', sentence, { place }));
    return;
  }
  const verdict = compareCell(exported, one.cell ?? '', saved);
  if (row.question.targets.includes(target)) take(target, { verdict, place }, { row, saved, found });
  else if (verdict.kind !== 'same') {
    const sentence = `The record of this row has no field ${target}`;
    found.errors.push(new AppError('review_value', sentence, { place }));
  }
}

/** A difference has both sides beside each other: ours may be corrected there too, theirs may not. */
function readSides(reading: Reading): void {
  const { row, saved, found } = reading;
  const { item } = row.question;
  const existing = row.cell('existing');
  if (existing !== undefined && compareCell(item.existing, existing, saved).kind === 'changed') {
    const sentence = 'What the other side has cannot be changed here';
    const hint = 'Put the cell back, and write the value that is to be sent into the column new.';
    found.errors.push(new AppError('review_value', sentence, { place: row.at('existing'), hint }));
  }
  const ours = row.cell('new');
  if (ours === undefined) return;
  const place = row.at('new');
  if (item.kind !== 'difference') {
    if (ours.trim() === '') return;
    const sentence = 'The column new is for rows about a field that differs';
    const hint = 'Blank the cell, and write a corrected value into the column of its field.';
    found.errors.push(new AppError('review_value', sentence, { place, hint }));
    return;
  }
  const known = found.corrections.find(({ field }) => field === item.field);
  const verdict = compareCell(exportedValue(row, item.field), ours, saved);
  if (verdict.kind === 'changed' && known) {
    if (verdict.value === known.value) return;
    const sentence = `The cell new and the cell of ${item.field} were changed to different values`;
    found.errors.push(new AppError('review_conflict', sentence, { place }));
  } else take(item.field, { verdict, place }, reading);
}

function take(
  field: string,
  { verdict, place }: { verdict: CellVerdict; place: Correction['place'] },
  { row, found }: Reading,
): void {
  if (verdict.kind === 'rewritten') found.rewritten.push(verdict.how);
  if (verdict.kind === 'same' || verdict.kind === 'rewritten') return;
  const error = refusal(field, verdict, row);
  if (error) found.errors.push(new AppError(error.code, error.sentence, { place, ...error.details }));
  else if (verdict.kind === 'changed') found.corrections.push({ field, value: verdict.value, place });
}

interface Refusal {
  code: 'review_value' | 'review_stale';
  sentence: string;
  details?: { hint: string };
}

function refusal(field: string, verdict: CellVerdict, row: LocatedRow): Refusal | undefined {
  const { item } = row.question;
  if (item.kind === 'removed') {
    const sentence = `The value of ${field} was changed in a row of a student who is not in this delivery`;
    return { code: 'review_value', sentence, details: { hint: 'Put the cell back as it was exported.' } };
  }
  if (item.choices.length === 0 || item.id === '') {
    const sentence = `The value of ${field} was changed in a row that is about no single record`;
    return { code: 'review_value', sentence, details: { hint: 'Put the cell back as it was exported.' } };
  }
  if (verdict.kind === 'unusable') {
    const hint =
      'Write the value as the others of its column were exported; an apostrophe before it keeps the spreadsheet from changing it.';
    return {
      code: 'review_value',
      sentence: `The value of ${field} cannot be taken: ${verdict.why}`,
      details: { hint },
    };
  }
  if (!row.isStale) return undefined;
  const sentence = `The value of ${field} is another than the run has now: the run was drafted again since this sheet was exported`;
  return { code: 'review_stale', sentence };
}
