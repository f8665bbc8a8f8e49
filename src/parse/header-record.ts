import { AppError } from '../errors/app-error.ts';
import { MOST_COLUMNS } from './csv-options.ts';
import { linesOf } from './escaped-records.ts';
import { parseText, type TextContext } from './parse-text.ts';
import { emptyFile } from './recognise-encoding.ts';

/**
 * White space and marks that are invisible in a header and break it: zero-width characters, BOM, no-break space. What is
 * looked for at the end begins where no other one stands before it: otherwise a name of many blanks is walked for each.
 */
const INVISIBLE =
  /^[\s\u200b-\u200d\u2060\ufeff\u00a0]+|(?<![\s\u200b-\u200d\u2060\ufeff\u00a0])[\s\u200b-\u200d\u2060\ufeff\u00a0]+$/g;

/** The names of the columns, trimmed: from the first record, or from the mapping where it says them. */
export function headerRecord(head: Buffer, context: TextContext): string[] {
  if (context.read.fixed_width) return context.read.fixed_width.map(([name]) => name);
  if (context.read.header !== true) return [...context.read.header];
  const line = context.read.skip_lines + 1;
  const [first] = parseText(head, context, 1);
  if (!first) throw emptyFile(context.file);
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

/** The line of the header: behind the lines that are skipped, and blank ones. */
export function headerLine(head: Buffer, { read }: TextContext): number {
  const blank = /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/.exec(head.toString())?.[0] ?? '';
  return read.skip_lines + linesOf([blank]);
}
