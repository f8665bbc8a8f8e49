import { padSeen, padSeenStart, seenWidth } from '../report/seen-width.ts';
import { visibleText } from '../report/visible-text.ts';
import { type Colour, type Printer, paint, printLine } from './print.ts';

export interface TableOptions {
  /** Colours a cell on a terminal. */
  colourOf?: (cell: string, column: number) => Colour | undefined;
}

type Row = readonly (string | number)[];

const BETWEEN = '  ';

/**
 * Columns as wide as their widest cell, numbers to the right. Where a terminal is too narrow for that, each row becomes
 * a few lines instead, because an id that is cut or broken cannot be typed. Files and pipes always get the columns.
 */
export function printTable(
  output: Printer,
  header: readonly string[],
  rows: readonly Row[],
  options: TableOptions = {},
): void {
  const table = rows.map((row) => header.map((_, column) => visibleText(String(row[column] ?? ''))));
  const widths = header.map((title, column) => widestOf([title, ...table.map((row) => row[column] ?? '')]));
  const needed = widths.reduce((sum, width) => sum + width, 0) + BETWEEN.length * (widths.length - 1);
  const isNumber = header.map((_, column) => typeof rows[0]?.[column] === 'number');
  const { columns = 0, isTTY = false } = output.stdout;
  if (isTTY && columns > 0 && needed > columns) printBlocks(output, header, table, options);
  else printColumns(output, { header, table, widths, isNumber }, options);
}

interface Columns {
  header: readonly string[];
  table: readonly (readonly string[])[];
  widths: readonly number[];
  isNumber: readonly boolean[];
}

function printColumns(output: Printer, columns: Columns, { colourOf }: TableOptions): void {
  const { header, table, widths, isNumber } = columns;
  const place = (cell: string, column: number) =>
    isNumber[column] ? padSeenStart(cell, widths[column] ?? 0) : padSeen(cell, widths[column] ?? 0);
  const heads = header.map(place).join(BETWEEN).trimEnd();
  printLine(output, paint('bold', heads, output.stdout));
  for (const row of table) {
    const last = row.findLastIndex((cell) => cell !== '');
    const cells = row.slice(0, last + 1).map((cell, column) => {
      // What ends the line needs no blanks behind it.
      const placed = column === last && !isNumber[column] ? cell : place(cell, column);
      return coloured(output, placed, colourOf?.(cell, column));
    });
    printLine(output, cells.join(BETWEEN));
  }
}

/** The first cell heads the block; what is blank is left out. */
function printBlocks(
  output: Printer,
  header: readonly string[],
  table: readonly (readonly string[])[],
  { colourOf }: TableOptions,
): void {
  const width = widestOf(header.slice(1));
  for (const [at, row] of table.entries()) {
    if (at > 0) printLine(output);
    printLine(output, paint('bold', row[0] ?? '', output.stdout));
    for (const [column, cell] of row.entries())
      if (column > 0 && cell !== '')
        printLine(
          output,
          `  ${padSeen(header[column] ?? '', width)}  ${coloured(output, cell, colourOf?.(cell, column))}`,
        );
  }
}

function coloured(output: Printer, text: string, colour: Colour | undefined): string {
  return colour === undefined ? text : paint(colour, text, output.stdout);
}

function widestOf(cells: readonly string[]): number {
  return Math.max(0, ...cells.map(seenWidth));
}
