import { NOT_KNOWN, type RowView } from './row-view.ts';

/** Values of columns as text, those that repeat made once. */
export interface Texts {
  /** By column: current are those that are asked for; all of them where none is named. */
  read(columns: readonly number[] | undefined): readonly string[];
}

export function openTexts(view: RowView, columns: number): Texts {
  const all = Array.from({ length: columns }, (_, column) => column);
  const texts = new Array<string>(columns).fill('');
  /** By column and number. */
  const known: string[][] = all.map(() => []);

  function textOf(column: number): string {
    const number = view.numberOf(column);
    const remembered = known[column]?.[number];
    if (remembered !== undefined) return remembered;
    const [start, end] = [view.startOf(column), view.endOf(column)];
    const text = start === end ? '' : view.bytes.toString('utf8', start, end);
    if (number !== NOT_KNOWN && known[column]) known[column][number] = text;
    return text;
  }

  return {
    read(asked = all) {
      for (const column of asked) texts[column] = textOf(column);
      return texts;
    },
  };
}
