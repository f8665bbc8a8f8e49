import { type Markup, markup } from './markup.ts';
import { writeCount } from './plain-values.ts';

export interface Cell {
  content: Markup | string | number;
  kind?: 'number' | 'value' | 'breached';
}

export interface Table {
  caption: string;
  columns: readonly { title: string; number?: boolean }[];
  /** The first cell of a row is its heading. */
  rows: readonly { heading: Markup | string; cells: readonly Cell[]; sum?: boolean }[];
}

/** A table that a screen reader can walk: a caption, and a scope for each heading. Narrow screens scroll it sideways. */
export function renderTable(table: Table): Markup {
  const heads = table.columns.map((column) =>
    column.number
      ? markup`<th scope="col" class="number">${column.title}</th>`
      : markup`<th scope="col">${column.title}</th>`,
  );
  const rows = table.rows.map(({ heading, cells, sum }) => {
    const content = markup`<th scope="row">${heading}</th>${cells.map(renderCell)}`;
    return sum ? markup`<tr class="sum">${content}</tr>\n` : markup`<tr>${content}</tr>\n`;
  });
  return markup`<div class="wide" role="region" aria-label="${table.caption}" tabindex="0">
<table>
<caption>${table.caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
`;
}

/** A heading with what it means beneath. */
export function explained(word: string, meaning: string): Markup {
  return markup`${word} <small>${meaning}</small>`;
}

function renderCell({ content, kind }: Cell): Markup {
  const text = typeof content === 'number' ? writeCount(content) : content;
  switch (kind) {
    case 'number':
      return markup`<td class="number">${text}</td>`;
    case 'value':
      return markup`<td><span class="value">${text}</span></td>`;
    case 'breached':
      return markup`<td class="breached">${text}</td>`;
    default:
      return markup`<td>${text}</td>`;
  }
}
