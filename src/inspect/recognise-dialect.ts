import { conceptOf } from './concepts.ts';
import { looksLikeHeader } from './find-header.ts';
import type { Dialect } from './profile.ts';
import { type HeadRecord, splitRecords } from './split-records.ts';

/** Records that are looked at: enough to outvote a title above the header and a few broken rows. */
const MOST_RECORDS = 1000;
const DELIMITERS = [',', '\t', '|', ';', '^', '~'];
/** The usual form first: another one must be better to be taken. */
const QUOTINGS: readonly Pick<Dialect, 'quote' | 'escape'>[] = [
  { quote: '"', escape: 'double' },
  { quote: '"', escape: 'backslash' },
  { quote: "'", escape: 'double' },
  { quote: 'none', escape: 'double' },
];
/** Titles and notes that some reports put above the header. */
const MOST_LINES_ABOVE = 20;
/** What an unusual delimiter or quoting must gain over a usual one. */
const MARGIN = 0.02;

/** What is a title above the header, what parts the values, what wraps them: whatever makes most of the head regular. */
export function recogniseDialect(head: string, isCut: boolean): Dialect {
  const scored = DELIMITERS.flatMap((delimiter) =>
    QUOTINGS.map((quoting) => {
      const marks = { delimiter, ...quoting };
      const records = splitRecords(head, marks, MOST_RECORDS, isCut).filter((one) => !isEmptyLine(one));
      return { marks, records, score: scoreOf(records) };
    }),
  );
  let best = scored[0];
  for (const one of scored)
    if (best === undefined || (isWorthTrying(one) && one.score > best.score + MARGIN)) best = one;
  const usual = { marks: { delimiter: ',', ...usualQuoting() }, records: [] };
  const { marks, records } = best === undefined ? usual : withFewestStrays(best, scored);
  const above = recordsAbove(records);
  const [first, ...rest] = records.slice(above);
  return {
    ...marks,
    skipLines: above === 0 || first === undefined ? 0 : first.line - 1,
    lineEnding: lineEndingOf(head),
    hasHeader: first === undefined || looksLikeHeader(first.values, rest),
  };
}

interface Reading {
  marks: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;
  records: HeadRecord[];
}

/**
 * Single quotes must wrap something in most rows, for names have apostrophes. No quotes at all is a last resort, decided
 * by what is left: it would read every file without a complaint.
 */
function isWorthTrying({ marks, records }: Reading): boolean {
  if (marks.quote !== "'") return marks.quote !== 'none';
  return records.filter((one) => one.quotedValues > 0).length * 2 > records.length;
}

/** One row in a thousand that has a quote inside tells how quotes are written, and is too little for the score. */
function withFewestStrays(best: Reading, all: readonly Reading[]): Reading {
  const { delimiter, quote } = best.marks;
  const straysOf = ({ records }: Reading) => records.reduce((sum, one) => sum + one.strayQuotes, 0);
  if (quote !== '"' || straysOf(best) === 0 || best.records.some((one) => one.isUnclosed)) return best;
  const wanted = best.records.some((one) => one.quotedValues > 0) ? 'backslash' : 'none';
  const other = all.find(
    ({ marks }) => marks.delimiter === delimiter && [marks.escape, marks.quote].includes(wanted),
  );
  return other !== undefined && straysOf(other) < straysOf(best) ? other : best;
}

function usualQuoting(): Pick<Dialect, 'quote' | 'escape'> {
  return { quote: '"', escape: 'double' };
}

/**
 * The share of records that have the commonest number of values, more columns being a little better; stray quotes count
 * against. A delimiter that parts nothing scores 0.
 */
function scoreOf(records: readonly HeadRecord[]): number {
  const width = commonWidth(records);
  if (width < 2 || records.length === 0) return 0;
  const regular = records.filter((one) => one.values.length === width).length / records.length;
  const stray = records.filter((one) => one.strayQuotes > 0).length / records.length;
  const quoted = records.some((one) => one.quotedValues > 0) ? 0 : unwrapped(records);
  const header = records.find((one) => one.values.length === width);
  const known = header?.values.some((name) => conceptOf(name) !== undefined) ? 0.3 : 0;
  return regular + known + Math.min(width, 20) * 0.01 - stray - quoted;
}

/** The share of values that still have their quotes around them, or one of a pair. */
function unwrapped(records: readonly HeadRecord[]): number {
  const values = records.flatMap((one) => one.values);
  const wrapped = values.filter((value) => /^["']|["']$/.test(value)).length;
  return values.length === 0 ? 0 : wrapped / values.length;
}

function commonWidth(records: readonly HeadRecord[]): number {
  const counts = new Map<number, number>();
  for (const { values } of records) counts.set(values.length, (counts.get(values.length) ?? 0) + 1);
  let common = 0;
  for (const [width, count] of counts) {
    const known = counts.get(common) ?? 0;
    if (count > known || (count === known && width > common)) common = width;
  }
  return common;
}

/** A title has fewer values than the table below it. */
function recordsAbove(records: readonly HeadRecord[]): number {
  const width = commonWidth(records);
  const first = records.findIndex((one) => one.values.length === width && !isMostlyBlank(one));
  const above = records[first]?.line ?? 1;
  return width < 2 || first < 0 || above - 1 > MOST_LINES_ABOVE ? 0 : first;
}

/** A title line padded with delimiters, as spreadsheets write it. */
function isMostlyBlank({ values }: HeadRecord): boolean {
  return values.length > 2 && values.filter((value) => value.trim() !== '').length <= 1;
}

function isEmptyLine({ values }: HeadRecord): boolean {
  return values.length === 1 && values[0]?.trim() === '';
}

function lineEndingOf(head: string): Dialect['lineEnding'] {
  const crlf = head.match(/\r\n/g)?.length ?? 0;
  const lf = (head.match(/\n/g)?.length ?? 0) - crlf;
  const cr = (head.match(/\r(?!\n)/g)?.length ?? 0) - (head.endsWith('\r') ? 1 : 0);
  const kinds = [crlf, lf, cr].filter((count) => count > 0).length;
  if (kinds === 0) return head.endsWith('\r') ? 'cr' : 'none';
  // A few lone line feeds stand inside quoted values of a file that ends its rows with CRLF.
  if (kinds > 1 && Math.min(crlf, lf + cr) * 20 > crlf + lf + cr) return 'mixed';
  if (crlf >= lf && crlf >= cr) return 'crlf';
  return lf >= cr ? 'lf' : 'cr';
}
