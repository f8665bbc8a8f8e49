import { parse } from 'csv-parse/sync';
import { AppError } from '../errors/app-error.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import { valuesAt } from './fixed-width-records.ts';
import { checkFooterCount } from './footer-count.ts';
import { firstFields } from './parse-text.ts';
import type { RowContext } from './row-context.ts';
import { upToMark, withoutLastLines } from './strip-footer.ts';

/** What was read above the footer. */
export interface AboveFooter {
  rows: number;
  last: SourceRow | undefined;
  /** Of the footer's first line. */
  line: number;
  /** Whether the header that is due was met; without it the footer was cut off, or is all there is. */
  hasHeader: boolean;
}

/** The lines below the last row, held back while the rows are read. */
export interface Footer {
  without(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
  /** Throws truncated_file, rows_after_footer and not_a_number_of_rows. */
  check(above: AboveFooter): void;
}

export type FooterContext = Pick<RowContext, 'file' | 'read' | 'delimiter' | 'columns'>;

/** What is behind a mark is a footer as long as it is no longer than this. */
const MOST_BYTES = 1 << 16;
const MOST_LINES = 20;

export function openFooter(context: FooterContext): Footer {
  const { footer } = context.read;
  if (!footer) return { without: (chunks) => chunks, check: () => undefined };
  const kept: Buffer[] = [];
  let keptBytes = 0;
  const keep = (bytes: Buffer) => {
    const room = MOST_BYTES - keptBytes;
    if (room > 0) kept.push(Buffer.from(bytes.subarray(0, room)));
    keptBytes += bytes.length;
  };
  return {
    without: (chunks) =>
      footer.starts_with === undefined
        ? withoutLastLines(chunks, footer.lines ?? 0, keep)
        : upToMark(chunks, footer.starts_with, keep),
    check(above) {
      const lines = linesOf(Buffer.concat(kept));
      const isLong = keptBytes > MOST_BYTES;
      const isCut = isLong && footer.starts_with === undefined;
      if (lines.length < (footer.lines ?? 1) || isCut || !above.hasHeader) throw missing(context, above);
      if (footer.starts_with !== undefined) refuseRows(isLong, lines.slice(1), context, above);
      else if (footer.count === undefined) refuseLikeness(lines, context, above);
      checkFooterCount(lines, footer, { file: context.file, ...above });
    },
  };
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString()
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
}

function missing({ file }: FooterContext, { line }: AboveFooter): AppError {
  return new AppError('truncated_file', 'The file ends without the footer that its mapping expects', {
    place: { file, line },
    hint: 'Have the file uploaded again; where the extract has no footer any more, take read.footer out of the mapping.',
  });
}

/** A mark in the middle, as of two files that were put together: what is behind it must not be lost in silence. */
function refuseRows(
  isLong: boolean,
  behind: readonly string[],
  context: FooterContext,
  { line }: AboveFooter,
): void {
  const isRow = (text: string) => {
    const fields = fieldsOf(text, context);
    const isWhole = fields.length > 1 && fields.length === context.columns.length;
    return isWhole && (!context.read.fixed_width || fields.every((value) => value !== ''));
  };
  if (!isLong && behind.length < MOST_LINES && !behind.some(isRow)) return;
  throw new AppError('rows_after_footer', 'The file goes on behind the line that begins its footer', {
    place: { file: context.file, line },
  });
}

/** A file that was cut has a row where its footer should be. Where nothing is counted, its likeness to a row tells. */
function refuseLikeness(lines: readonly string[], context: FooterContext, above: AboveFooter): void {
  const shape = shapeOf(above.last?.values[0] ?? '');
  if (!shape.includes('9')) return;
  if (!lines.some((line) => shapeOf(fieldsOf(line, context)[0] ?? '') === shape)) return;
  throw new AppError('truncated_file', 'A line of the footer begins like a row: the footer may be cut off', {
    place: { file: context.file, line: above.line },
    hint: 'Have the file uploaded again; where this is its footer, say how it begins with read.footer.starts_with, or what it counts with read.footer.count.',
  });
}

/** S1047 and T3 have one shape, Rows: 12 has another. */
function shapeOf(value: string): string {
  return value
    .trim()
    .replaceAll(/\p{L}+/gu, 'A')
    .replaceAll(/\d+/g, '9');
}

function fieldsOf(line: string, { read, delimiter }: FooterContext): string[] {
  if (read.fixed_width) return valuesAt(line, read.fixed_width);
  if (read.escape === 'backslash') return firstFields(line, { read, delimiter });
  const quote = read.quote === 'none' ? null : read.quote;
  try {
    return parse(line, { delimiter, quote, relax_quotes: true, relax_column_count: true, to: 1 })[0] ?? [];
  } catch {
    // No row could be read from it either.
    return [];
  }
}
