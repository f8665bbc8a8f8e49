import type { CellWay } from './cell-form.ts';
import { type LaidOut, LONGEST_END_BYTES, LONGEST_LINE_BYTES, type Places } from './lay-out.ts';
import type { Pieces } from './pieces.ts';
import { type KernelMemory, NUMBER_BYTES, putNumbers } from './regions.ts';
import { NOT_KNOWN } from './row-view.ts';
import { CELL, CELL_KINDS, COMBINATIONS, PLAN, VALUES } from './structures.ts';

interface Ends {
  delimiter: string;
  lineEnd: string;
}

/** Where in the entry of a row that is carried what is its own is put, and which columns are. */
export interface EntryForm {
  idColumn: number;
  previousIdColumn: number | undefined;
  /** The key of the row is that of the student. */
  keyIsId: boolean;
  places: Record<
    | 'row'
    | 'line'
    | 'textBytes'
    | 'outbound'
    | 'outboundBytes'
    | 'key'
    | 'student'
    | 'content'
    | 'mapped'
    | 'texts',
    number
  >;
}

/** Of which columns is asked what becomes of a row, and how its text begins. */
export interface AskedColumns {
  columns: number;
  decide: readonly number[];
  opening: readonly number[];
  entry: EntryForm;
}

/** Writes into the memory all that the kernel is to know before the first row. */
export function fillPlan(laidOut: LaidOut, pieces: Pieces, ends: Ends, asked: AskedColumns): void {
  const { memory, at, bounds, ways, remembered } = laidOut;
  const { columns } = asked;
  putTables(laidOut);
  for (const [index, way] of ways.entries()) putCell(memory, at, { index, way }, pieces);
  const numbers = at.numbers / NUMBER_BYTES;
  memory.numbers.fill(NOT_KNOWN, numbers, numbers + bounds.rows * columns);
  const isRemembered = new Set(remembered);
  putCombinations(memory, at.decisions, asked.decide, isRemembered);
  for (const places of at.openings) putCombinations(memory, places, asked.opening, isRemembered);
  const [openingsOfActive, openingsOfOthers] = at.openings;
  PLAN.put(memory, at.plan, {
    ...{ columns, cells: at.cells, cellCount: ways.length },
    ...{ delimiter: at.delimiter, delimiterBytes: putEnd(memory, at.delimiter, ends.delimiter) },
    ...{ lineEnd: at.lineEnd, lineEndBytes: putEnd(memory, at.lineEnd, ends.lineEnd) },
    longestLine: LONGEST_LINE_BYTES,
    ...{ values: at.values, fieldEnds: at.fieldEnds, begins: at.begins, skipped: at.skipped },
    ...{ fileLines: at.fileLines, firstRow: 0, entries: at.entries },
    ...entryNumbers(asked.entry),
    ...{
      found: at.found,
      lines: at.lines,
      linesEnd: at.lines + bounds.stretchBytes * 2 + LONGEST_LINE_BYTES,
    },
    ...{ text: at.text, prints: at.prints },
    ...{ remembered: at.remembered, rememberedCount: remembered.length },
    ...{ numbers: at.numbers, rowBegin: 0, rowEnds: at.fieldEnds, rowNumbers: at.numbers },
    decisions: at.decisions.plan,
    ...{ openingsOfActive: openingsOfActive.plan, openingsOfOthers: openingsOfOthers.plan },
  });
}

function entryNumbers({ idColumn, previousIdColumn = -1, keyIsId, places }: EntryForm) {
  return {
    ...{ idColumn, previousIdColumn, keyIsId: keyIsId ? 1 : 0 },
    ...{ rowAt: places.row, lineAt: places.line, textBytesAt: places.textBytes },
    ...{ outboundAt: places.outbound, outboundBytesAt: places.outboundBytes },
    ...{ keyAt: places.key, studentAt: places.student },
    ...{ contentAt: places.content, mappedAt: places.mapped, textsAt: places.texts },
  };
}

function putTables({ memory, at, bounds, remembered }: LaidOut): void {
  for (const [index, column] of remembered.entries()) {
    const table = at.tables[index] ?? 0;
    const slots = at.slots[index] ?? 0;
    const text = at.valueTexts[index] ?? 0;
    putNumbers(memory, at.remembered + index * 2 * NUMBER_BYTES, [column, table]);
    VALUES.put(memory, table, {
      ...{ count: 0, most: bounds.values, lastSlot: bounds.values * 2 - 1, slots, latest: slots },
      ...{ text, textsEnd: text + bounds.textBytes },
    });
  }
}

function putCell(
  memory: KernelMemory,
  at: Places,
  { index, way }: { index: number; way: CellWay },
  pieces: Pieces,
): void {
  const plain = at.plainBytes[index] ?? 0;
  const numbers = { kind: CELL_KINDS[way.kind], column: 0, table: 0, known: 0, isTrimmed: 0 };
  if (way.kind === 'constant') numbers.known = pieces.add(way.bytes);
  if (way.kind === 'constant' && numbers.known === 0) numbers.kind = CELL_KINDS.asked;
  if (way.kind === 'remembered') Object.assign(numbers, { column: way.column, table: at.cellTables[index] });
  if (way.kind === 'copied') {
    memory.bytes.set(way.plain, plain);
    Object.assign(numbers, { column: way.column, table: plain, isTrimmed: way.isTrimmed ? 1 : 0 });
  }
  CELL.put(memory, at.cells + index * CELL.sizeBytes, numbers);
}

const MOST_COMBINED = 4;

/** Of more columns, or of values that are not remembered, there are too many combinations: each row is asked about. */
function putCombinations(
  memory: KernelMemory,
  { plan, slots, most }: Places['decisions'],
  columns: readonly number[],
  isRemembered: ReadonlySet<number>,
): void {
  const isWorth = columns.length <= MOST_COMBINED && columns.every((column) => isRemembered.has(column));
  const [column0 = 0, column1 = 0, column2 = 0, column3 = 0] = columns;
  COMBINATIONS.put(memory, plan, {
    columnCount: isWorth ? columns.length : -1,
    ...{ column0, column1, column2, column3, lastSlot: most * 2 - 1, room: most, slots },
  });
}

/** Answers how many bytes it has. */
function putEnd({ bytes }: KernelMemory, at: number, text: string): number {
  if (Buffer.byteLength(text) > LONGEST_END_BYTES) throw new RangeError('No delimiter is so long');
  return bytes.write(text, at);
}
