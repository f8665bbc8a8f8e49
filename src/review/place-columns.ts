import { AppError } from '../errors/app-error.ts';
import { readCell } from './protect-cell.ts';
import { type ReviewColumn, type SheetColumn, sheetColumns } from './review-columns.ts';

/** Where our columns stand in a sheet that came back; they may stand in any order, with others between. */
export interface ColumnPlaces {
  own: ReadonlyMap<ReviewColumn, number>;
  values: readonly { target: string; at: number }[];
  errors: AppError[];
}

/** @param sheet its name, and its header, trimmed */
export function placeColumns(
  sheet: { file: string; columns: readonly string[] },
  targets: readonly string[],
): ColumnPlaces {
  const own = new Map<ReviewColumn, number>();
  const values: { target: string; at: number }[] = [];
  const errors: AppError[] = [];
  const refuse = (sentence: string, column: number) =>
    errors.push(new AppError('review_column', sentence, { place: { file: sheet.file, line: 1, column } }));
  const headers = sheet.columns.map(readCell);
  const place = (column: SheetColumn, at: number) =>
    'is' in column ? own.set(column.is, at) : values.push({ target: column.target, at });
  for (const column of sheetColumns(targets)) {
    const at = headers.indexOf(column.header);
    if (at < 0) continue;
    place(column, at);
    const again = headers.indexOf(column.header, at + 1);
    if (again >= 0) refuse(`The column ${column.header} is in the header twice`, again + 1);
  }
  for (const column of ['decision', 'key'] as const)
    if (!own.has(column)) refuse(`The header has no column ${column}`, 1);
  return { own, values, errors };
}
