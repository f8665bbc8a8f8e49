import type { Totals } from '../../vocabulary/totals.ts';
import { type Markup, markup } from '../markup.ts';
import { numberOf, type Series, seriesOfSafeguard, seriesOfTotal } from '../past-series.ts';
import { writeCount, writeCounted } from '../plain-values.ts';
import type { PastRun } from '../report-details.ts';
import { describeWhere, NOT_MEASURED, SAFEGUARD_MEANINGS } from '../report-words.ts';
import type { Report } from '../schema.ts';
import { drawSpark } from './draw-spark.ts';
import { type Cell, renderTable } from './html-table.ts';

type Safeguard = Report['safeguards'][number];

/** A district of 500 schools may breach 500 limits; report.json has them all. */
const SHOWN = 60;

/** Each limit beside what was measured, then how the numbers went, both over the last runs. */
export function renderSafeguards(report: Report, past: readonly PastRun[]): Markup {
  const { safeguards } = report;
  const trend = renderTrend(report, past);
  if (safeguards.length === 0 && trend.toString() === '') return markup``;
  const sorted = safeguards.toSorted((one, other) => Number(other.breached) - Number(one.breached));
  return markup`<section id="safeguards">
<h2>Safeguards</h2>
${safeguards.length > 0 ? renderLimits(sorted, past) : markup``}${trend}</section>
`;
}

function renderLimits(safeguards: readonly Safeguard[], past: readonly PastRun[]): Markup {
  const shown = safeguards.slice(0, SHOWN);
  const cut =
    shown.length < safeguards.length
      ? `. The first ${writeCount(shown.length)} of ${writeCount(safeguards.length)}; report.json has all of them`
      : '';
  return renderTable({
    caption: `Each limit beside what was measured; more than the limit stops the run${cut}`,
    columns: [
      { title: 'Safeguard' },
      { title: 'Where' },
      { title: 'Limit', number: true },
      { title: 'Measured', number: true },
      { title: 'Kept?' },
      { title: titleOf(past) },
    ],
    rows: shown.map((one, at) => ({
      heading: one.name,
      meaning: isSame(shown[at - 1], one) ? '' : (SAFEGUARD_MEANINGS[one.name] ?? ''),
      cells: [
        { content: describeWhere(one) },
        { content: one.limit, kind: 'number' },
        { content: one.value, kind: 'number' },
        describeKept(one),
        { content: sparkOf(one, past) },
      ],
    })),
    printed: 16,
  });
}

/** What a safeguard means is said once, not for each file and school. */
function isSame(before: Safeguard | undefined, one: Safeguard): boolean {
  return before?.name === one.name;
}

function titleOf(past: readonly PastRun[]): string {
  return past.length < FEWEST_PAST ? 'Earlier runs' : `Last ${writeCounted(past.length + 1, 'run')}`;
}

function describeKept({ breached, value }: Safeguard): Cell {
  if (breached) return { content: 'breached', kind: 'breached' };
  return value === NOT_MEASURED ? { content: 'not asked' } : { content: 'within', kind: 'good' };
}

function sparkOf(one: Safeguard, past: readonly PastRun[]): Markup {
  const values = seriesOfSafeguard(past, one);
  const unit = one.limit.endsWith('%') ? '%' : '';
  return drawSpark({
    values,
    // The least that a file may have is no roof above it.
    limit: one.name === 'min_rows' ? undefined : numberOf(one.limit),
    isBreached: one.breached,
    words: `${one.name}: ${describeSeries(values, unit)}, limit ${one.limit}`,
  });
}

function describeSeries(values: Series, unit = ''): string {
  const known = values.filter((value) => value !== undefined);
  const write = (value: number) => `${writeCount(value)}${unit}`;
  return `${writeCounted(known.length, 'run')}, lowest ${write(Math.min(...known))}, highest ${write(Math.max(...known))}, now ${write(known.at(-1) ?? 0)}`;
}

const FILES_SHOWN = 8;
const FOLLOWED = [
  'read',
  'rejected',
  'ineligible',
  'carried',
  'removed',
  'delivered',
] as const satisfies (keyof Totals)[];

/** Two runs are no line yet. */
const FEWEST_PAST = 2;

function renderTrend(report: Report, past: readonly PastRun[]): Markup {
  const files = Object.keys(report.totals).slice(0, FILES_SHOWN);
  if (past.length < FEWEST_PAST || files.length === 0) return markup``;
  return markup`<h3>How the numbers went</h3>
${renderTable({
  caption: `The numbers of this run at the end of a line that shows the ${writeCounted(past.length, 'run')} before it`,
  columns: [{ title: 'Rows' }, ...files.map((title) => ({ title }))],
  rows: FOLLOWED.map((key) => ({
    heading: key,
    cells: files.map((file) => ({ content: renderNumber(report, past, file, key) })),
  })),
})}`;
}

function renderNumber(report: Report, past: readonly PastRun[], file: string, key: keyof Totals): Markup {
  const values = seriesOfTotal(past, report, file, key);
  const spark = drawSpark({ values, words: `${file}, ${key}: ${describeSeries(values)}` });
  return markup`<span class="trend">${spark}${writeCount(report.totals[file]?.[key] ?? 0)}</span>`;
}
