import type { ColumnProfile, Profile } from '../inspect/profile.ts';
import { percent } from '../inspect/remark-column.ts';
import { writeBytes, writeCount, writeCounted } from '../report/plain-values.ts';
import { wrapText } from '../report/text-layout.ts';
import { visibleText } from '../report/visible-text.ts';
import { FINDING_CODES } from '../vocabulary/finding.ts';
import type { CliContext } from './act.ts';
import { paint, printLine } from './print.ts';

type Output = Pick<CliContext, 'stdout' | 'stderr' | 'quiet'>;

/** A terminal that does not know its width says 0. */
const USUAL_WIDTH = 100;
const LEAST_WIDTH = 72;
/** Names take this share of the line at most; a longer one is cut. */
const LONGEST_NAME = 0.3;
const GAP = 2;

/** A profile for people: what the file is, then a line a column with what is to be known of it below. */
export function printProfile(context: Output, profile: Profile): void {
  const width = Math.max(LEAST_WIDTH, context.stdout.columns || USUAL_WIDTH);
  for (const line of fileLines(profile).flatMap((one) => hang(one, width))) printLine(context, line);
  for (const remark of profile.remarks)
    for (const line of wrapText(`! ${visibleText(remark.message)}.`, width, '  '))
      printLine(context, paint('yellow', line, context.stdout));
  printLine(context);
  printColumns(context, profile.columns, width);
  const hidden = profile.columns.filter((column) => column.filled > 0 && column.values.length === 0);
  if (hidden.length === 0) return;
  printLine(context);
  const why = 'Values are shown of codes only, because others are about people; --values shows them all.';
  for (const line of wrapText(why, width)) printLine(context, paint('dim', line, context.stdout));
}

/** A fact that is longer than the line goes on below itself. */
function hang(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  return wrapText(line.trimStart(), width - 2, '  ').map((one) => `  ${one}`);
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  '\t': 'tab',
  '|': 'pipe',
  ';': 'semicolon',
};
const LINE_ENDS: Readonly<Record<Profile['lineEnding'], string>> = {
  crlf: 'CR LF',
  lf: 'LF',
  cr: 'CR',
  mixed: 'mixed',
  none: 'none',
};

function fileLines(profile: Profile): string[] {
  const { rejected, rows } = profile;
  const mark = profile.hasByteOrderMark ? ', with a byte order mark' : '';
  const inside = profile.escape === 'backslash' ? ', with a backslash before one inside' : '';
  const refused = rejected.reduce((sum, one) => sum + one.count, 0);
  const facts: [string, string][] = [
    ['file', `${visibleText(profile.file)}, ${writeBytes(profile.sizeBytes)}`],
    ['encoding', `${profile.encoding}${mark}`],
    ['delimiter', DELIMITERS[profile.delimiter] ?? profile.delimiter],
    ['quote', profile.quote === 'none' ? 'none' : `${profile.quote}${inside}`],
    ['line end', LINE_ENDS[profile.lineEnding]],
    ['header', profile.hasHeader ? `line ${profile.skipLines + 1}` : 'none'],
    ['rows', `${writeCount(rows)}${refused === 0 ? '' : `, of which ${writeCount(refused)} cannot be read`}`],
    ['columns', writeCount(profile.columns.length)],
  ];
  return [
    ...facts.map(([name, fact]) => `${name.padEnd(10)} ${fact}`),
    ...rejected.map(({ code, count, firstLines }) => {
      const lines = `${firstLines.length < count ? 'first lines' : count === 1 ? 'line' : 'lines'} ${firstLines.join(', ')}`;
      return `  ${writeCounted(count, 'row')}: ${meaningOf(code)} (${code}; ${lines})`;
    }),
  ];
}

function meaningOf(code: string): string {
  const meaning = Object.entries(FINDING_CODES).find(([name]) => name === code)?.[1];
  return (meaning ?? code).replace(/\.$/, '');
}

const HEAD = ['column', 'type', 'filled', 'distinct', 'length', 'values'];

function printColumns(context: Output, columns: readonly ColumnProfile[], width: number): void {
  const rows = columns.map((column) => cellsOf(column, Math.floor(width * LONGEST_NAME)));
  const widths = HEAD.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const left = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP, 0);
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        if (at === cells.length - 1) return cutList(cell, width - left);
        return at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  printLine(context, paint('bold', lineOf(HEAD), context.stdout));
  for (const [at, column] of columns.entries()) {
    printLine(context, lineOf(rows[at] ?? []));
    for (const remark of column.remarks)
      for (const line of wrapText(`! ${visibleText(remark.message)}`, width - 2, '  '))
        printLine(context, paint('yellow', `  ${line}`, context.stdout));
  }
}

function cellsOf(column: ColumnProfile, longestName: number): string[] {
  const { date, type, typeShare } = column;
  const share = typeShare < 1 ? ` ${percent(typeShare)}` : '';
  const distinct =
    column.distinct === undefined ? `>${writeCount(column.mostDistinct)}` : writeCount(column.distinct);
  const length =
    column.shortest === column.longest ? `${column.longest}` : `${column.shortest}-${column.longest}`;
  const formats = (date?.formats ?? []).map((one) => one.format).join(', ');
  const values = column.values.map(({ value, count }) => `${visibleText(value)} (${writeCount(count)})`);
  return [
    cut(visibleText(column.name), longestName),
    `${type.replace('_', ' ')}${share}`,
    percent(column.fillRate),
    distinct,
    length,
    [formats, values.join(', ')].filter((part) => part !== '').join('; '),
  ];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Ends after a whole value where there is one. */
function cutList(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = text.lastIndexOf(', ', width - 3);
  return end > 0 ? `${text.slice(0, end)}, …` : cut(text, Math.max(1, width));
}
