import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../errors/app-error.ts';
import { csvOptions, explainCsvError, MOST_COLUMNS } from './csv-options.ts';
import { emptyFile } from './recognise-encoding.ts';
import type { ReadSettings } from './schema.ts';

/** White space and marks that are invisible in a header and break it: zero-width characters, BOM, no-break space. */
const INVISIBLE = /^[\s\u200b-\u200d\u2060\ufeff\u00a0]+|[\s\u200b-\u200d\u2060\ufeff\u00a0]+$/g;

interface HeaderContext {
  file: string;
  read: ReadSettings;
  delimiter: string;
}

/** The names of the columns, trimmed: from the first record, or from the mapping where it says them. */
export function headerRecord(head: Buffer, context: HeaderContext): string[] {
  if (context.read.fixed_width) return context.read.fixed_width.map(([name]) => name);
  if (context.read.header !== true) return [...context.read.header];
  const line = context.read.skip_lines + 1;
  const first = firstRecord(head, context);
  if (!first || first.every((name) => name.trim() === '')) throw emptyFile(context.file);
  if (first.length > MOST_COLUMNS) {
    throw new AppError(
      'too_many_columns',
      `The header has ${first.length} columns, more than ${MOST_COLUMNS}`,
      {
        place: { file: context.file, line },
      },
    );
  }
  return first.map((name) => name.replace(INVISIBLE, ''));
}

function firstRecord(head: Buffer, context: HeaderContext): string[] | undefined {
  try {
    return parse(head, { ...csvOptions(context.read, context.delimiter), to: 1 })[0];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw explainCsvError(cause, { file: context.file, startLine: context.read.skip_lines + 1, columns: [] });
  }
}
