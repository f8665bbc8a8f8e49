import type { Totals } from '../../vocabulary/totals.ts';
import { type Markup, markup } from '../markup.ts';
import { TOTAL_MEANINGS, WAITING_MEANINGS } from '../report-words.ts';
import type { Report } from '../schema.ts';
import { renderFlows } from './html-flow.ts';
import { type Cell, renderTable, type Table } from './html-table.ts';

const SUMS: ReadonlySet<string> = new Set(['read', 'carried', 'delivered']);

/** Where every row went: as a picture, then as the books of each file, then what waits for a person. */
export function renderBooks(report: Report): Markup {
  const files = Object.keys(report.totals);
  if (files.length === 0) return markup``;
  return markup`<section id="books">
<h2>Where every row went</h2>
${renderFlows(report)}<h3>The books</h3>
<p>read = rejected + duplicate + ineligible + held + carried. Every row has one end, and the ends add up.</p>
${renderTable(tableOfTotals(report, files))}${renderWaiting(report)}</section>
`;
}

function tableOfTotals(report: Report, files: readonly string[]): Table {
  const names = Object.keys(TOTAL_MEANINGS) as (keyof Totals)[];
  return {
    caption: 'Rows by what became of them, for each file',
    columns: columnsOf('Rows', files),
    rows: names.map((name) => ({
      heading: name,
      cells: [
        ...files.map((file): Cell => ({ content: report.totals[file]?.[name] ?? 0, kind: 'number' })),
        { content: TOTAL_MEANINGS[name], kind: 'soft' },
      ],
      sum: SUMS.has(name),
    })),
  };
}

function renderWaiting({ waiting = {} }: Report): Markup {
  const files = Object.keys(waiting);
  const meanings: Record<string, string> = WAITING_MEANINGS;
  const kinds = new Set([...Object.keys(meanings), ...Object.values(waiting).flatMap(Object.keys)]);
  const rows = [...kinds].map((kind) => ({
    heading: kind,
    meaning: meanings[kind] ?? '',
    counts: files.map((file) => waiting[file]?.[kind] ?? 0),
  }));
  const table = { caption: 'Questions of this run, by what is asked', of: 'Question', files, rows };
  return renderCounts('Waiting for a person', table);
}

export interface Counts {
  caption: string;
  /** What a row is about. */
  of: string;
  files: readonly string[];
  rows: readonly { heading: string; meaning: Markup | string; counts: readonly number[] }[];
}

/** Only what occurred: a table of zeros hides the one number that matters. */
export function renderCounts(title: string, { caption, of, files, rows }: Counts): Markup {
  const occurred = rows.filter(({ counts }) => counts.some((count) => count > 0));
  if (occurred.length === 0) return markup``;
  const table: Table = {
    caption,
    columns: columnsOf(of, files),
    rows: occurred.map(({ heading, meaning, counts }) => ({
      heading,
      cells: [
        ...counts.map((content): Cell => ({ content, kind: 'number' })),
        { content: meaning, kind: 'soft' },
      ],
    })),
  };
  return markup`<h3>${title}</h3>
${renderTable(table)}`;
}

function columnsOf(first: string, files: readonly string[]): Table['columns'] {
  const names = files.map((file) => ({ title: file === '' ? 'the run' : file, number: true }));
  return [{ title: first }, ...names, { title: 'What it means' }];
}
