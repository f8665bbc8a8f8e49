import { AppError } from '../errors/app-error.ts';
import { nearestNames } from './nearest-names.ts';
import type { ValueCount } from './profile.ts';
import { mostFrequent } from './profile-column.ts';
import { type InspectedFile, openForInspection } from './profile-file.ts';
import { copyOf } from './tally-column.ts';

/** A column with more different values than this has no codes. */
const MOST_CODES = 1_000_000;

export interface CountedCodes {
  column: string;
  /** Trimmed, the most frequent first. */
  codes: ValueCount[];
  /** Rows in which the column is blank. */
  blank: number;
  /** Rows that could not be read, and are not counted. */
  rejected: number;
}

/**
 * Every value of one column with its number of rows. Throws `config_invalid` where the file has no such column or the
 * column has no codes, and what is wrong with the file.
 */
export async function countCodes(inspected: InspectedFile, column: string): Promise<CountedCodes> {
  const { columns, input } = await openForInspection(inspected);
  const at = columns.indexOf(column.trim());
  if (at < 0) throw unknownColumn(column, columns, inspected.file);
  const counts = new Map<string, number>();
  let blank = 0;
  let rejected = 0;
  for await (const batch of input.batches()) {
    for (const { values, flaw } of batch) {
      const value = values[at]?.trim() ?? '';
      if (flaw) rejected++;
      else if (value === '') blank++;
      else {
        const known = counts.get(value);
        if (known === undefined) counts.set(copyOf(value), 1);
        else counts.set(value, known + 1);
      }
    }
    if (counts.size > MOST_CODES) throw tooMany(column, inspected.file);
  }
  return { column: column.trim(), codes: mostFrequent(counts, MOST_CODES), blank, rejected };
}

function unknownColumn(column: string, columns: readonly string[], file: string): AppError {
  const near = nearestNames(column, columns);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has: ${columns.join(', ')}.`;
  return new AppError('config_invalid', `The file has no column "${column}"`, { place: { file }, hint });
}

function tooMany(column: string, file: string): AppError {
  const sentence = `The column "${column}" has more than ${MOST_CODES.toLocaleString('en-US')} different values`;
  return new AppError('config_invalid', sentence, {
    place: { file },
    hint: 'Codes are few; name another column.',
  });
}
