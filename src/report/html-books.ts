import { FINDING_CODES } from '../vocabulary/finding.ts';
import type { Totals } from '../vocabulary/totals.ts';
import { INELIGIBLE_REASONS } from '../vocabulary/verdict.ts';
import { explained, renderTable, type Table } from './html-table.ts';
import { type Markup, markup } from './markup.ts';
import { REASON_MEANINGS, REMOVED_MEANINGS, TOTAL_MEANINGS, WAITING_MEANINGS } from './report-words.ts';
import type { Report } from './schema.ts';

const SUMS: ReadonlySet<string> = new Set(['read', 'carried', 'delivered']);

/** The books of each file, then what waits for a person, and who was left out, gone or rejected, and why. */
export function renderBooks(report: Report): Markup {
  const files = Object.keys(report.totals);
  if (files.length === 0) return markup``;
  return markup`<h2>The books</h2>
<p>read = rejected + duplicate + ineligible + held + carried. Every row has one end, and the ends add up.</p>
${renderTable(tableOfTotals(report, files))}${renderWaiting(report)}${renderIneligible(report, files)}${renderRemoved(report, files)}${renderRejected(report, files)}`;
}

function tableOfTotals(report: Report, files: readonly string[]): Table {
  const names = Object.keys(TOTAL_MEANINGS) as (keyof Totals)[];
  return {
    caption: 'Rows by what became of them, for each file',
    columns: columnsOf(files),
    rows: names.map((name) => ({
      heading: explained(name, TOTAL_MEANINGS[name]),
      cells: files.map((file) => ({ content: report.totals[file]?.[name] ?? 0, kind: 'number' })),
      sum: SUMS.has(name),
    })),
  };
}

function renderWaiting({ waiting = {} }: Report): Markup {
  const files = Object.keys(waiting);
  const meanings: Record<string, string> = WAITING_MEANINGS;
  const kinds = new Set([...Object.keys(meanings), ...Object.values(waiting).flatMap(Object.keys)]);
  const rows = [...kinds].map((kind) => ({
    heading: explained(kind, meanings[kind] ?? ''),
    counts: files.map((file) => waiting[file]?.[kind] ?? 0),
  }));
  return renderCounts('Waiting for a person', 'Questions of this run, by what is asked', files, rows);
}

function renderIneligible(report: Report, files: readonly string[]): Markup {
  const rows = INELIGIBLE_REASONS.map((reason) => ({
    heading: explained(reason, REASON_MEANINGS[reason]),
    counts: files.map((file) => report.ineligible[file]?.[reason] ?? 0),
  }));
  return renderCounts('Left out by a rule', 'Rows left out, by the one rule that said no', files, rows);
}

function renderRemoved(report: Report, files: readonly string[]): Markup {
  const rows = (['absent', 'ineligible'] as const).map((why) => ({
    heading: explained(why, REMOVED_MEANINGS[why]),
    counts: files.map((file) => report.removed[file]?.[why] ?? 0),
  }));
  const caption = 'Records delivered last time and not carried now; changes.csv lists each, as removed';
  return renderCounts('Removed', caption, files, rows);
}

function renderRejected(report: Report, files: readonly string[]): Markup {
  const meanings: Record<string, string> = FINDING_CODES;
  const codes = new Set(files.flatMap((file) => Object.keys(report.rejected[file] ?? {})));
  const rows = [...codes].map((code) => ({
    heading: explained(code, meanings[code] ?? ''),
    counts: files.map((file) => report.rejected[file]?.[code] ?? 0),
  }));
  return renderCounts('Rejected', 'Rows rejected, by what is wrong with them', files, rows);
}

/** Only what occurred: a table of zeros hides the one number that matters. */
function renderCounts(
  title: string,
  caption: string,
  files: readonly string[],
  rows: readonly { heading: Markup; counts: readonly number[] }[],
): Markup {
  const occurred = rows.filter(({ counts }) => counts.some((count) => count > 0));
  if (occurred.length === 0) return markup``;
  const table: Table = {
    caption,
    columns: columnsOf(files),
    rows: occurred.map(({ heading, counts }) => ({
      heading,
      cells: counts.map((content) => ({ content, kind: 'number' })),
    })),
  };
  return markup`<h2>${title}</h2>
${renderTable(table)}`;
}

function columnsOf(files: readonly string[]): Table['columns'] {
  return [{ title: '' }, ...files.map((file) => ({ title: file === '' ? 'the run' : file, number: true }))];
}
