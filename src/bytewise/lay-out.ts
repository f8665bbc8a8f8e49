import { type Bounds, boundsOf } from './bounds.ts';
import { type CellForm, type CellWay, wayOfCell } from './cell-form.ts';
import { FINGERPRINT_LENGTH } from './fingerprint.ts';
import { type KernelMemory, NUMBER_BYTES, openRegions, type Regions } from './regions.ts';
import { CELL, COMBINATIONS, FOUND, PLAN, VALUES } from './structures.ts';

const SLOT_BYTES = 16;
const VALUE_SLOT_BYTES = 32;
/** Delimiters and line ends have a few characters. */
export const LONGEST_END_BYTES = 16;
export const LONGEST_OPENING_BYTES = 1024;
/** With an id, another one before, a school and a grade, none longer than 200 letters. */
const LONGEST_ENTRY_BYTES = 2048;
export const LONGEST_LINE_BYTES = 1 << 18;
/** A file with more columns than this is read by other ways. */
const MOST_COLUMNS = 1 << 10;

export interface LaidOut {
  memory: KernelMemory;
  at: Places;
  /** Of the file. */
  columns: number;
  bounds: Bounds;
  ways: readonly CellWay[];
  /** The columns whose values are remembered. */
  remembered: readonly number[];
}

export type Places = ReturnType<typeof takeRegions>;

/** The file whose rows are looked at. */
export interface FileShape {
  columns: number;
  sizeBytes: number;
  /** Columns whose values something else than cells is made of too, so that they are remembered. */
  alsoRead: readonly number[];
}

/**
 * @returns undefined where the machine does not give so much memory, or the file has more columns than it could serve
 */
export function layOut(
  cells: readonly CellForm[],
  isUtf8: boolean,
  { columns, sizeBytes, alsoRead }: FileShape,
): LaidOut | undefined {
  if (columns > MOST_COLUMNS) return undefined;
  const ways = cells.map((cell) => wayOfCell(cell, isUtf8));
  const asked = ways.flatMap((way) => (way.kind === 'remembered' ? [way.column] : []));
  const remembered = [...new Set([...asked, ...alsoRead])];
  const regions = openRegions();
  const bounds = boundsOf({ sizeBytes, columns });
  const counts = { columns, cells: cells.length, remembered: remembered.length };
  const at = takeRegions(regions, bounds, counts);
  try {
    return { memory: regions.open(), at, columns, bounds, ways, remembered };
  } catch {
    return undefined;
  }
}

function takeRegions(
  { take }: Regions,
  bounds: Bounds,
  { columns, cells, remembered }: { columns: number; cells: number; remembered: number },
) {
  const each = (count: number, bytes: number) => Array.from({ length: count }, () => take(bytes));
  const combinations = (most: number) => ({
    plan: take(COMBINATIONS.sizeBytes),
    slots: take(most * 2 * SLOT_BYTES),
    most,
  });
  const rowBytes = columns * NUMBER_BYTES;
  return {
    plan: take(PLAN.sizeBytes),
    cells: take(CELL.sizeBytes * cells),
    delimiter: take(LONGEST_END_BYTES),
    lineEnd: take(LONGEST_END_BYTES),
    remembered: take(remembered * 2 * NUMBER_BYTES),
    skipped: take(bounds.rows),
    begins: take((bounds.rows + 1) * NUMBER_BYTES),
    fileLines: take(bounds.rows * NUMBER_BYTES),
    found: take(bounds.rows * FOUND.sizeBytes),
    fieldEnds: take(bounds.rows * rowBytes),
    numbers: take(bounds.rows * rowBytes),
    values: take(bounds.stretchBytes),
    lines: take(bounds.stretchBytes * 2 + LONGEST_LINE_BYTES),
    prints: take(bounds.rows * FINGERPRINT_LENGTH),
    text: take(LONGEST_OPENING_BYTES + LONGEST_LINE_BYTES),
    entries: take(bounds.rows * LONGEST_ENTRY_BYTES),
    decisions: combinations(bounds.decisions),
    openings: [combinations(bounds.openings), combinations(bounds.openings)] as const,
    tables: each(remembered, VALUES.sizeBytes),
    slots: each(remembered, bounds.values * 2 * VALUE_SLOT_BYTES),
    valueTexts: each(remembered, bounds.textBytes),
    cellTables: each(cells, bounds.values * NUMBER_BYTES),
    plainBytes: each(cells, 256),
    pieces: take(bounds.pieceBytes),
  };
}
