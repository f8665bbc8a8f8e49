import { AppError } from '../errors/app-error.ts';
import type { Notice } from '../vocabulary/run.ts';
import { parseText, type TextContext } from './parse-text.ts';

/** So many rows are looked at; with fewer than two it may be one that is broken. */
const MOST_ROWS = 50;
const FEWEST_ROWS = 2;

/**
 * The columns of a file that ends each of its rows with a delimiter and its header not, or its header and no row. A
 * single row that does so is another thing: it may be shifted by a delimiter in a value.
 */
export function settleColumns(
  names: readonly string[],
  head: Buffer,
  context: TextContext,
): { columns: readonly string[]; notices: Notice[] } {
  const rows = firstRows(head, context);
  if (rows.length < FEWEST_ROWS) return { columns: names, notices: [] };
  const isLonger = rows.every((row) => row.length === names.length + 1 && row.at(-1)?.trim() === '');
  if (isLonger) return { columns: [...names, ''], notices: [notice('rows', context.file)] };
  const isShorter = names.at(-1) === '' && rows.every((row) => row.length === names.length - 1);
  if (isShorter) return { columns: names.slice(0, -1), notices: [notice('header', context.file)] };
  return { columns: names, notices: [] };
}

function notice(what: 'rows' | 'header', file: string): Notice {
  const other = what === 'rows' ? 'the header does' : 'the rows do';
  const verb = what === 'rows' ? 'The rows end' : 'The header ends';
  return {
    code: 'trailing_delimiter',
    message: `${verb} with a delimiter and ${other} not: it is taken for no column`,
    file,
  };
}

function firstRows(head: Buffer, context: TextContext): string[][] {
  const { read } = context;
  const above = read.header === true ? 1 : 0;
  const footerLines = read.footer?.lines ?? 0;
  const mark = read.footer?.starts_with;
  try {
    const most = above + MOST_ROWS + footerLines;
    const rows = parseText(head, context, most).slice(above);
    const isWhole = rows.length + above < most;
    const end = mark === undefined ? -1 : rows.findIndex(([first = '']) => first.trim().startsWith(mark));
    if (end >= 0) return rows.slice(0, end);
    return isWhole && footerLines > 0 ? rows.slice(0, -footerLines) : rows.slice(0, MOST_ROWS);
  } catch (error) {
    // What is wrong with a row is said when the rows are read; the head may also end within one.
    if (error instanceof AppError) return [];
    throw error;
  }
}
