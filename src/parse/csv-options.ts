import type { CsvError, Options } from 'csv-parse';
import { AppError, type Place } from '../errors/app-error.ts';
import type { ReadSettings } from './schema.ts';

/** No row of a student is longer; what is longer is a quote that was never closed. */
const LONGEST_RECORD_BYTES = 1 << 20;
export const MOST_COLUMNS = 1000;

/** Arrays and no casting: the form in which csv-parse is fast. Field counts are our own check, row by row. */
export function csvOptions(read: ReadSettings, delimiter: string): Options<string[]> {
  const quote = read.quote === 'none' ? null : read.quote;
  return {
    delimiter,
    quote,
    escape: read.escape === 'backslash' ? '\\' : quote,
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
 */
export function explainCsvError(error: CsvError, context: ErrorContext): AppError {
  const index = typeof error.column === 'number' ? error.column : 0;
  const name = context.columns[index];
  const where = name === undefined ? `field ${index + 1}` : `field ${index + 1} (${name})`;
  const place: Place = { file: context.file, line: context.startLine, column: index + 1 };
  const spansLines = typeof error.lines === 'number' && error.lines > context.startLine;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new AppError(
        'unclosed_quote',
        `A quote is opened in ${where} of this row and is open at the end of the file`,
        { place },
      );
    case 'CSV_MAX_RECORD_SIZE':
      if (!spansLines)
        return new AppError(
          'record_too_long',
          `This row is longer than ${LONGEST_RECORD_BYTES} bytes, in ${where}`,
          { place },
        );
      return new AppError(
        'unclosed_quote',
        `A quote is opened in ${where} of this row and is still open ${LONGEST_RECORD_BYTES} bytes later`,
        { place },
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new AppError(
        'malformed_quote',
        `A quoted value in ${where} of this row is followed by something other than a delimiter`,
        { place },
      );
    case 'INVALID_OPENING_QUOTE':
      return new AppError('malformed_quote', `A quote stands in the middle of ${where} of this row`, {
        place,
      });
    default:
      return new AppError('malformed_quote', `The row cannot be read as CSV (${error.code}), in ${where}`, {
        place,
      });
  }
}
