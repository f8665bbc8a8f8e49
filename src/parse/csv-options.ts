import type { CsvError, Options } from 'csv-parse';
import { AppError, type Place } from '../errors/app-error.ts';
import type { ReadSettings } from './schema.ts';
import type { RecordFault } from './split-escaped.ts';

/** No row of a student is longer; what is longer is a quote that was never closed. */
export const LONGEST_RECORD_BYTES = 1 << 20;
export const MOST_COLUMNS = 1000;

/**
 * Arrays and no casting: the form in which csv-parse is fast. Field counts are our own check, row by row. Of files
 * without backslash escapes.
 */
export function csvOptions(read: ReadSettings, delimiter: string): Options<string[]> {
  const quote = read.quote === 'none' ? null : read.quote;
  return {
    delimiter,
    quote,
    escape: quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_RECORD_BYTES,
  };
}

interface ErrorContext {
  file: string;
  /** The first line of the record that could not be read. */
  startLine: number;
  columns: readonly string[];
}

/**
 * An error of csv-parse in our words. Its own message quotes values and names the line where it gave up; people
 * need the line where the record begins and never a value, so nothing of it is kept but code and column.
 * @param begunAt the line where the record begins as csv-parse counts them
 */
export function explainCsvError(
  error: CsvError,
  context: ErrorContext,
  begunAt: number = context.startLine,
): AppError {
  const index = typeof error.column === 'number' ? error.column : 0;
  const spansLines = typeof error.lines === 'number' && error.lines > begunAt;
  const kind = KINDS[error.code];
  if (kind) return explainFault({ kind, index, spansLines }, context);
  const { where, place } = placeOf(index, context);
  return new AppError('malformed_quote', `The row cannot be read as CSV (${error.code}), in ${where}`, {
    place,
  });
}

const KINDS: Readonly<Record<string, RecordFault['kind']>> = {
  CSV_QUOTE_NOT_CLOSED: 'unclosed',
  CSV_MAX_RECORD_SIZE: 'too_long',
  CSV_INVALID_CLOSING_QUOTE: 'after_quote',
  INVALID_OPENING_QUOTE: 'quote_inside',
};

/** What is wrong with a record: whichever reader found it, the same words. */
export function explainFault({ kind, index, spansLines }: RecordFault, context: ErrorContext): AppError {
  const { where, place } = placeOf(index, context);
  switch (kind) {
    case 'unclosed':
      return new AppError(
        'unclosed_quote',
        `A quote is opened in ${where} of this row and is open at the end of the file`,
        { place },
      );
    case 'too_long':
      return spansLines
        ? new AppError(
            'unclosed_quote',
            `A quote is opened in ${where} of this row and is still open ${LONGEST_RECORD_BYTES} bytes later`,
            { place },
          )
        : new AppError(
            'record_too_long',
            `This row is longer than ${LONGEST_RECORD_BYTES} bytes, in ${where}`,
            { place },
          );
    case 'after_quote':
      return new AppError(
        'malformed_quote',
        `A quoted value in ${where} of this row is followed by something other than a delimiter`,
        { place },
      );
    case 'quote_inside':
      return new AppError('malformed_quote', `A quote stands in the middle of ${where} of this row`, {
        place,
      });
  }
}

function placeOf(index: number, { file, startLine, columns }: ErrorContext): { where: string; place: Place } {
  const name = columns[index];
  const where = name === undefined ? `field ${index + 1}` : `field ${index + 1} (${name})`;
  return { where, place: { file, line: startLine, column: index + 1 } };
}
