/** How much of everything there is room for. */
export interface Bounds {
  /** Distinct values that are remembered of a column. */
  values: number;
  /** Of what is beyond the first 16 bytes of them, a column. */
  textBytes: number;
  /** Combinations of values about which it is remembered what becomes of a row, and how its text begins. */
  decisions: number;
  openings: number;
  /** Of cells and openings that are remembered. */
  pieceBytes: number;
  /** Rows that are looked at together, and how long they are together. */
  rows: number;
  stretchBytes: number;
}

/** Codes, dates, names and places repeat; of a column with more values than this hardly one comes again soon. */
const MOST_VALUES = 1 << 14;
const FEWEST_VALUES = 1 << 6;
const TEXT_BYTES_A_VALUE = 16;
/** Of birth dates and statuses there are fewer pairs. */
const DECISIONS_A_VALUE = 4;
/** Of cells and openings. */
const PIECE_BYTES_A_VALUE = 512;
const LEAST_PIECE_BYTES = 1 << 18;
const MOST_ROWS = 1 << 12;
/** As much as stays near the processor. */
const STRETCH_BYTES = 1 << 18;

/** A small file has few values: a large memory for each of many files would keep the collector busy. */
export function boundsOf({ sizeBytes, columns }: { sizeBytes: number; columns: number }): Bounds {
  // A row has at least a byte a column.
  const rows = Math.ceil(sizeBytes / Math.max(1, columns)) + 1;
  const wanted = 2 ** Math.ceil(Math.log2(rows));
  const values = Math.max(FEWEST_VALUES, Math.min(MOST_VALUES, wanted));
  return {
    values,
    textBytes: values * TEXT_BYTES_A_VALUE,
    decisions: values * DECISIONS_A_VALUE,
    openings: values,
    pieceBytes: Math.max(LEAST_PIECE_BYTES, values * PIECE_BYTES_A_VALUE),
    rows: Math.min(MOST_ROWS, rows),
    stretchBytes: STRETCH_BYTES,
  };
}
