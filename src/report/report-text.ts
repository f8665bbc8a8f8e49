import type { Totals } from '../vocabulary/totals.ts';
import { type Answer, answerReader, writeTodo } from './answer-reader.ts';
import { writeBytes, writeCount, writeCounted, writeInstant } from './plain-values.ts';
import { describeWhere, NOT_MEASURED, TOTAL_MEANINGS } from './report-words.ts';
import type { Report } from './schema.ts';
import { seenWidth } from './seen-width.ts';
import { listDecisions } from './text-decisions.ts';
import { alignColumns, wrapText } from './text-layout.ts';
import { visibleText } from './visible-text.ts';

/** What a piece of the text is, for whoever colours it. */
export type TextRole = 'heading' | 'good' | 'bad' | 'waits' | 'soft' | 'sum';

export interface TextOptions {
  /** Columns of the terminal; lines are wrapped or folded to fit. */
  width?: number;
  /** Colours a whole line; it must not change the width that is seen. */
  style?: (role: TextRole, line: string) => string;
}

/** Rows of the table that are shown even when they are zero everywhere: without them the sum cannot be followed. */
const ALWAYS_SHOWN: ReadonlySet<string> = new Set(['read', 'rejected', 'ineligible', 'carried', 'delivered']);
const SUMS: ReadonlySet<string> = new Set(['read', 'carried', 'delivered']);
const HASH_SHOWN = 12;

/** The report for a terminal: the three answers, the books, what is out of the ordinary. Ends in a newline. */
export function renderReportText(report: Report, options: TextOptions = {}): string {
  const width = Math.max(40, options.width ?? 80);
  const style = options.style ?? ((_role, line) => line);
  const lines = [
    ...renderHead(report, width, style),
    ...renderTotals(report, width, style),
    ...renderWhy(report, width),
    ...renderLimits(report, width, style),
    ...renderDecisions(report, width),
    ...renderFileLines(report, width),
  ];
  return `${lines.join('\n')}\n`;
}

type Style = NonNullable<TextOptions['style']>;

function renderHead(report: Report, width: number, style: Style): string[] {
  const { run } = report;
  const { wentOut, balance, todo } = answerReader(report);
  const answer = (question: string, { tone, text }: Answer) =>
    wrapText(`${question} ${visibleText(text)}`, width).map((line) =>
      tone === 'plain' ? line : style(tone, line),
    );
  return [
    style('heading', visibleText(`${run.connection}, ${run.business_date}`)),
    ...wrapText(
      visibleText(`${run.id}, ${run.environment}, ${run.trigger}, started ${writeInstant(run.started_at)}`),
      width,
    ).map((line) => style('soft', line)),
    ...answer('Out?', wentOut),
    ...answer('Balanced?', balance),
    ...todo
      .flatMap((one) => wrapText(`- ${visibleText(writeTodo(one))}`, width, '  '))
      .map((line) => style('waits', line)),
  ];
}

/** Files are columns; as many stand side by side as fit, the others follow beneath. */
function renderTotals(report: Report, width: number, style: Style): string[] {
  const files = Object.keys(report.totals);
  const names = (Object.keys(TOTAL_MEANINGS) as (keyof Totals)[]).filter(
    (name) => ALWAYS_SHOWN.has(name) || files.some((file) => (report.totals[file]?.[name] ?? 0) > 0),
  );
  const lines: string[] = [];
  for (const some of fitColumns(files, width)) {
    const table = alignColumns([
      ['', ...some.map(visibleText)],
      ...names.map((name) => [
        SUMS.has(name) ? name : `  ${name}`,
        ...some.map((file) => writeCount(report.totals[file]?.[name] ?? 0)),
      ]),
    ]);
    const [head = '', ...rows] = table;
    lines.push('', style('heading', head));
    lines.push(...rows.map((row) => (row.startsWith(' ') ? row : style('sum', row))));
  }
  return lines;
}

function fitColumns(files: readonly string[], width: number): string[][] {
  const first = 2 + Math.max(...Object.keys(TOTAL_MEANINGS).map((name) => name.length));
  const groups: string[][] = [];
  let left = 0;
  for (const file of files) {
    const needed = 2 + Math.max(seenWidth(visibleText(file)), 11);
    const last = groups.at(-1);
    if (last && left >= needed) last.push(file);
    else groups.push([file]);
    left = (last && left >= needed ? left : width - first) - needed;
  }
  return groups;
}

function renderWhy(report: Report, width: number): string[] {
  const lines: string[] = [];
  const list = (title: string, books: Record<string, Partial<Record<string, number>>>) => {
    for (const [file, counts] of Object.entries(books)) {
      const found = Object.entries(counts).filter(([, count]) => (count ?? 0) > 0);
      const text = found.map(([what, count]) => `${what} ${writeCount(count ?? 0)}`).join(', ');
      const where = file === '' ? '' : ` (${file})`;
      if (text !== '') lines.push(...wrapText(visibleText(`${title}${where}: ${text}`), width, '  '));
    }
  };
  list('Waiting', report.waiting ?? {});
  list('Rejected', report.rejected);
  list('Left out', report.ineligible);
  list('Removed', report.removed);
  return lines.length > 0 ? ['', ...lines] : [];
}

const BREACHES_SHOWN = 12;

/** Breached ones in full, the others as a number: `show` is a screen, report.html has them all. */
function renderLimits(report: Report, width: number, style: Style): string[] {
  const breached = report.safeguards.filter((one) => one.breached);
  const unmeasured = report.safeguards.filter((one) => one.value === NOT_MEASURED).length;
  const within = report.safeguards.length - breached.length - unmeasured;
  if (report.safeguards.length === 0) return [];
  const more = breached.length - BREACHES_SHOWN;
  const lines = [
    ...breached.slice(0, BREACHES_SHOWN).map(describeBreach),
    ...(more > 0 ? [`Breached: ${writeCount(more)} more; report.html lists them`] : []),
  ];
  return [
    '',
    ...lines.flatMap((line) => wrapText(visibleText(line), width, '  ')).map((line) => style('bad', line)),
    `${writeCounted(within, 'safeguard')} within ${within === 1 ? 'its limit' : 'their limits'}${unmeasured > 0 ? `, ${writeCount(unmeasured)} not measured` : ''}`,
  ];
}

function describeBreach(one: Report['safeguards'][number]): string {
  const place = describeWhere(one);
  const where = place === '' ? '' : ` (${place})`;
  if (one.name === 'school_gone')
    return `Breached: ${one.name}${where}, ${one.value} students last delivered`;
  return `Breached: ${one.name}${where} is ${one.value}, limit ${one.limit}`;
}

function renderDecisions(report: Report, width: number): string[] {
  const lines = listDecisions(report).flatMap((line) => wrapText(visibleText(line), width, '  '));
  return lines.length > 0 ? ['', ...lines] : [];
}

function renderFileLines(report: Report, width: number): string[] {
  const { inputs } = report;
  const isOneOfSeveral = inputs.length > 1;
  const notices = [
    ...(report.notices ?? []).map(({ message }) => message),
    ...inputs.flatMap(({ name, notices = [] }) =>
      notices.map(({ message }) => (isOneOfSeveral ? `${name}: ${message}` : message)),
    ),
  ];
  const again = (one: Report['inputs'][number]) =>
    inputs.some(({ file, name }) => file === one.file && name !== one.name) ? `${one.name}: ` : '';
  const hash = (sha256: string) => (sha256 === '' ? '' : `, sha256 ${sha256.slice(0, HASH_SHOWN)}`);
  const lines = [
    ...inputs.map(
      (one) =>
        `In:  ${again(one)}${one.file}, ${writeCounted(one.rows, 'row')}, ${writeBytes(one.bytes)}${hash(one.sha256)}`,
    ),
    ...report.outputs.map(
      (one) =>
        `Out: ${one.file}, ${writeCounted(one.rows, 'row')}, ${writeBytes(one.bytes)}${hash(one.sha256)}`,
    ),
    ...(report.shipment ?? []).map(
      (one) =>
        `Sent as ${one.file} (${writeCounted(one.holds.length, 'file')}), ${writeBytes(one.bytes)}${hash(one.sha256)}`,
    ),
    ...notices.map((message) => `Note: ${message}`),
  ];
  return lines.flatMap((line) => wrapText(visibleText(line), width, '     '));
}
