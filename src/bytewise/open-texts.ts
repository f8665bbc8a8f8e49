import { NOT_KNOWN, type RowView } from './row-view.ts';
import { openValueTable, type ValueTable } from './value-table.ts';

/** Values of columns as text, those that repeat made once. */
export interface Texts {
  /** Numbers the values of the row in the columns that are remembered. */
  number(view: RowView): void;
  /** Reads columns into `texts` of the view, and answers these; all of them where none is named. */
  read(view: RowView, columns: readonly number[] | undefined): readonly string[];
  isRemembered(column: number): boolean;
}

interface Remembered {
  column: number;
  table: ValueTable;
  texts: string[];
}

/** @param remembered columns whose values are worth remembering, because something is made of each value */
export function openTexts(columns: number, remembered: Iterable<number>): Texts {
  const all = Array.from({ length: columns }, (_, column) => column);
  const known = [...new Set(remembered)].map((column) => ({ column, table: openValueTable(), texts: [] }));
  const byColumn: (Remembered | undefined)[] = all.map((column) =>
    known.find((one) => one.column === column),
  );

  function textOf(view: RowView, column: number): string {
    const number = view.numbers[column] ?? NOT_KNOWN;
    const start = view.starts[column] ?? 0;
    const end = view.ends[column] ?? 0;
    if (number === NOT_KNOWN) return start === end ? '' : view.bytes.toString('utf8', start, end);
    const texts = byColumn[column]?.texts ?? [];
    texts[number] ??= view.bytes.toString('utf8', start, end);
    return texts[number];
  }

  return {
    isRemembered: (column) => byColumn[column] !== undefined,
    number(view) {
      const { bytes, starts, ends, numbers } = view;
      for (const { column, table } of known)
        numbers[column] = table.numberOf(bytes, starts[column] ?? 0, ends[column] ?? 0);
    },
    read(view, asked = all) {
      for (const column of asked) view.texts[column] = textOf(view, column);
      return view.texts;
    },
  };
}
