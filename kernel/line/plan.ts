/** How the host lays out the memory. Places are offsets in it, numbers have 32 bits; the host has the same list. */

/** Behind each region stand so many bytes that may be read or written in vain: copies go in steps of this size. */
export const STEP: usize = 16;

export const UNKNOWN: i32 = 0;
export const REFUSED: i32 = -1;
/** No cell ends at the begin of the memory. */
export const NO_CELL: usize = 0;

@unmanaged
export class Plan {
  columns: i32;
  /** Cell by cell; see Cell. */
  cells: usize;
  cellCount: i32;
  delimiter: usize;
  delimiterBytes: usize;
  lineEnd: usize;
  lineEndBytes: usize;
  longestLine: usize;

  /** The rows of a stretch: their values, and where each value ends, column by column. */
  values: usize;
  fieldEnds: usize;
  /** Where each row begins, and behind the last one where it ends. */
  begins: usize;
  /** A byte a row: not 0 where it is left to the ordinary forms. */
  skipped: usize;

  /** Line by line of the file, where each row stands. */
  fileLines: usize;
  /** The number of the first row. */
  firstRow: i32;

  /** What is found of each row; see Found. */
  found: usize;
  /** The fingerprint of each row. */
  prints: usize;
  /** Lines one behind the other, and room for the text of one. */
  lines: usize;
  linesEnd: usize;
  text: usize;
  entries: usize;

  /** Whose row it is, and who that was before; -1 where no column says so. */
  idColumn: i32;
  previousIdColumn: i32;
  /** Not 0 where the key of a row is that of its student. */
  keyIsId: i32;
  /** Where numbers and keys stand in an entry, and where its texts begin. */
  rowAt: usize;
  lineAt: usize;
  textBytesAt: usize;
  outboundAt: usize;
  outboundBytesAt: usize;
  keyAt: usize;
  studentAt: usize;
  contentAt: usize;
  mappedAt: usize;
  textsAt: usize;

  /** Columns whose values are remembered: number of the column, and its table. */
  remembered: usize;
  rememberedCount: i32;
  /** The number of each value in its column, row by row as the ends; NOT_KNOWN where it has none. */
  numbers: usize;

  /** Of the row that is looked at: where it begins, and where the ends of its values and their numbers lie. */
  rowBegin: u32;
  rowEnds: usize;
  rowNumbers: usize;

  decisions: usize;
  openingsOfActive: usize;
  openingsOfOthers: usize;
}

/** What is remembered of combinations of values. */
@unmanaged
export class Combinations {
  /** Up to four columns; where there are more, or one is not remembered, -1: it is asked about every row. */
  columnCount: i32;
  column0: i32;
  column1: i32;
  column2: i32;
  column3: i32;
  lastSlot: i32;
  /** More than so many are not remembered. */
  room: i32;
  slots: usize;
}

@unmanaged
export class Cell {
  kind: i32;
  column: i32;
  /** COPIED: of each byte the one that goes out, or 0. REMEMBERED: of each number where its cell lies; 0, or REFUSED. */
  table: usize;
  /** COPIED: the cell of a blank, 0 as long as nobody asked. CONSTANT: the cell. */
  known: usize;
  isTrimmed: i32;
}

export const CONSTANT: i32 = 1;
export const COPIED: i32 = 2;
export const REMEMBERED: i32 = 3;

/** A piece of bytes: how many, then they themselves. */
@unmanaged
export class Piece {
  bytes: u32;
}

export const PIECE_AT: usize = 4;

/** How the text of a record begins, and what the entries of all such records have in common. */
@unmanaged
export class Opening {
  text: usize;
  textBytes: usize;
  /** Up to its texts. */
  entry: usize;
  /** What follows the id among the texts: where nobody had another id before, and else in front of that one. */
  tail: usize;
  tailBytes: usize;
  longTail: usize;
  longTailBytes: usize;
}

/** Where the value of a column begins. Between two values stands one byte. */
export function startOf(plan: Plan, column: usize): usize {
  const start = column === 0 ? plan.rowBegin : load<u32>(plan.rowEnds + ((column - 1) << 2)) + 1;
  return plan.values + <usize>start;
}

export function endOf(plan: Plan, column: usize): usize {
  return plan.values + <usize>load<u32>(plan.rowEnds + (column << 2));
}

/** Of a row. */
@unmanaged
export class Found {
  /** As the host answered; UNKNOWN where the ordinary forms judge it. */
  decision: i32;
  lineEnd: usize;
  opening: usize;
  entryStart: usize;
  entryEnd: usize;
}
