import { raw } from 'hono/html';
import { type Markup, markup } from '../markup.ts';
import { writeCount, writeCounted } from '../plain-values.ts';

export interface Cell {
  content: Markup | string | number;
  kind?: 'number' | 'value' | 'soft' | 'good' | 'breached';
}

export interface Row {
  /** The first cell of the row. */
  heading: string;
  /** What the heading means, beneath it. */
  meaning?: string;
  isValue?: boolean;
  cells: readonly Cell[];
  sum?: boolean;
  /** On the screen, and not on paper. */
  isRest?: boolean;
}

/** Heads the rows that follow it, over all columns. */
export interface GroupHead {
  group: Markup;
  isRest?: boolean;
}

export interface Table {
  caption: string;
  /** What a screen reader calls the table, where the caption alone does not tell it from the others. */
  label?: string;
  columns: readonly { title: string; number?: boolean }[];
  rows: readonly (Row | GroupHead)[];
  /** So many rows are printed; a screen shows all of them. */
  printed?: number;
}

/** A table that a screen reader can walk: a caption, and a scope for each heading. Narrow screens scroll it sideways. */
export function renderTable(table: Table): Markup {
  const { caption, label = caption, columns, rows, printed } = table;
  const heads = columns.map((column) =>
    column.number
      ? markup`<th scope="col" class="number">${column.title}</th>`
      : markup`<th scope="col">${column.title}</th>`,
  );
  const all = rows.map((row, at) => ({ ...row, isRest: row.isRest === true || at >= (printed ?? at + 1) }));
  const rest = all.filter(({ isRest }) => isRest).length;
  return markup`<div class="wide" role="region" aria-label="${label}" tabindex="0">
${renderOpening(table)}
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${all.map((row) => ('group' in row ? renderGroup(row, columns.length) : renderRow(row)))}</tbody>
</table>
${
  rest > 0
    ? markup`<p class="on-paper soft">The screen shows ${writeCounted(rest, 'more line')} of this table.</p>
`
    : markup``
}</div>
`;
}

/** Beside more numbers than two there is no room on a narrow screen to put the meaning beneath them. */
const COLUMNS_ABOVE_MEANING = 4;

function renderOpening({ rows, columns }: Table): Markup {
  const hasMeaning = rows.some((row) => 'cells' in row && row.cells.at(-1)?.kind === 'soft');
  const kinds = [
    ...(rows.some((row) => 'sum' in row && row.sum) ? ['sums'] : []),
    ...(hasMeaning && columns.length <= COLUMNS_ABOVE_MEANING ? ['folds'] : []),
  ];
  return kinds.length === 0 ? markup`<table>` : markup`<table class="${raw(kinds.join(' '))}">`;
}

function renderGroup({ group, isRest }: GroupHead, columns: number): Markup {
  const kinds = isRest ? 'group rest' : 'group';
  return markup`<tr class="${raw(kinds)}"><th scope="rowgroup" colspan="${columns}">${group}</th></tr>
`;
}

function renderRow({ heading, meaning = '', isValue, cells, sum, isRest }: Row): Markup {
  const head = isValue && heading !== '' ? markup`<span class="value">${clip(heading)}</span>` : heading;
  const kinds = [sum ? 'sum' : '', isRest ? 'rest' : ''].filter((kind) => kind !== '').join(' ');
  const opening = kinds === '' ? markup`<tr>` : markup`<tr class="${raw(kinds)}">`;
  return markup`${opening}<th scope="row">${head === '' ? BLANK : head}${meaning === '' ? markup`` : markup` <small>${meaning}</small>`}</th>${cells.map(renderCell)}</tr>
`;
}

/** A heading without words is none for who hears the page. */
const BLANK = markup`<small>blank</small>`;

function renderCell({ content, kind }: Cell): Markup {
  const text =
    typeof content === 'number'
      ? writeCount(content)
      : typeof content === 'string' && kind === 'value'
        ? clip(content)
        : content;
  switch (kind) {
    case 'number':
      return markup`<td class="number">${text}</td>`;
    case 'value':
      return markup`<td class="given"><span class="value">${text}</span></td>`;
    case 'soft':
    case 'good':
    case 'breached':
      return markup`<td class="${raw(kind)}">${text}</td>`;
    default:
      return markup`<td>${text}</td>`;
  }
}

/** A value may be as long as whoever made the file liked; the page may not. */
const LONGEST_VALUE = 200;

/** The first part of a long text, and how long the whole is. */
export function clip(text: string, longest = LONGEST_VALUE): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)} ... (${writeCount(text.length)} characters)`;
}
