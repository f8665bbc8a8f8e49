import { type CellContext, type CellForm, type CellWriter, compileCell, NO_CELL } from './compile-cell.ts';
import { openTexts, type Texts } from './open-texts.ts';

export interface LineForm {
  cells: readonly CellForm[];
  delimiter: string;
  lineEnd: string;
  isUtf8: boolean;
}

export interface CompiledLine {
  /** The line of a row, its line end included, as the ordinary forms would write it. */
  write: CellWriter;
  texts: Texts;
}

/**
 * @param columns of the file
 * @param alsoRead columns whose values something else is made of too, so that they are remembered
 */
export function compileLine(form: LineForm, columns: number, alsoRead: readonly number[]): CompiledLine {
  const { cells, delimiter, isUtf8 } = form;
  const remembered = cells.flatMap(({ columns: [column, ...more] = [], forms }) =>
    column === undefined || more.length > 0 || forms ? [] : [column],
  );
  const texts = openTexts(columns, [...remembered, ...alsoRead]);
  // A delimiter of several bytes cannot be seen in them.
  const isCopied = isUtf8 && Buffer.byteLength(delimiter) === 1;
  const context: CellContext = { isUtf8: isCopied, isRemembered: texts.isRemembered, readTexts: texts.read };
  const writers = cells.map((cell) => compileCell(cell, context));
  return { texts, write: joinCells(writers, form) };
}

function joinCells(writers: readonly CellWriter[], { delimiter, lineEnd }: LineForm): CellWriter {
  const between = Buffer.from(delimiter);
  const end = Buffer.from(lineEnd);
  return (view, out, to) => {
    let next = to;
    for (let at = 0; at < writers.length; at++) {
      if (next + between.length > out.length) return NO_CELL;
      if (at > 0) for (let byte = 0; byte < between.length; byte++) out[next++] = between[byte] ?? 0;
      next = writers[at]?.(view, out, next) ?? NO_CELL;
      if (next === NO_CELL) return NO_CELL;
    }
    if (next + end.length > out.length) return NO_CELL;
    return next + end.copy(out, next);
  };
}
