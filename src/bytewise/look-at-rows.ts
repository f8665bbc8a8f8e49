import { type LaidOut, NUMBER_BYTES } from './lay-out.ts';
import { NOT_KNOWN, type RowView } from './row-view.ts';
import { FOUND, PLAN } from './structures.ts';

/** Rows in UTF-8, one byte between two values; where each row ends, and each of its values, one a column. */
export interface ByteRows {
  values: Uint8Array;
  ends: Uint32Array;
  fieldEnds: Uint32Array;
  /** The line of the file on which each row begins, and the number of the first one. */
  lines: Uint32Array;
  firstRow: number;
}

/** What was found of a row; offsets are places in the memory of the kernel, valid until more rows are looked at. */
export interface FoundRow {
  /** As it was decided; 0 or less where the ordinary forms judge the row. Of rows that are carried there is all the rest. */
  decision: number;
  lineStart: number;
  lineEnd: number;
  textStart: number;
  textEnd: number;
  entryStart: number;
  entryEnd: number;
}

export function openFound(): FoundRow {
  return {
    decision: 0,
    ...{ lineStart: 0, lineEnd: 0 },
    ...{ textStart: 0, textEnd: 0 },
    ...{ entryStart: 0, entryEnd: 0 },
  };
}

export interface RowLooker {
  /** Where lines begin; entries name their places from here on. */
  linesAt: number;
  /** Looks at rows of a batch from one on; answers the first at which it did not look. */
  look(rows: ByteRows, from: number, isSkipped: (at: number) => boolean): number;
  /** Of one of the rows that were looked at last, counted from 0. */
  find(index: number, found: FoundRow): void;
  /** Places the view on such a row. */
  place(index: number): void;
}

type RunKernel = (plan: number, to: number) => number;

export function openRowLooker({ memory, at, bounds, columns }: LaidOut, run: RunKernel): RowLooker {
  const words = new Uint32Array(memory.numbers.buffer);
  const begins = at.begins / NUMBER_BYTES;
  const fieldEnds = at.fieldEnds / NUMBER_BYTES;
  const fileLines = at.fileLines / NUMBER_BYTES;
  const found = at.found / NUMBER_BYTES;
  const foundWords = FOUND.sizeBytes / NUMBER_BYTES;
  const valuesPlace = (at.plan + PLAN.placeOf('values')) / NUMBER_BYTES;
  const placeOf = (name: Parameters<typeof PLAN.placeOf>[0]) => (at.plan + PLAN.placeOf(name)) / NUMBER_BYTES;
  const [firstRow, rowBegin, rowEnds, rowNumbers] = [
    placeOf('firstRow'),
    placeOf('rowBegin'),
    placeOf('rowEnds'),
    placeOf('rowNumbers'),
  ];
  const startOf = ({ ends }: ByteRows, row: number) => (row === 0 ? 0 : (ends[row - 1] ?? 0));

  /** Puts as many rows as have room where the kernel looks; 0 where the first has none. */
  function put(rows: ByteRows, from: number): number {
    const base = startOf(rows, from);
    let to = from;
    while (
      to < rows.ends.length &&
      to - from < bounds.rows &&
      (rows.ends[to] ?? 0) - base <= bounds.stretchBytes
    )
      to++;
    if (to === from) return 0;
    const end = startOf(rows, to);
    memory.bytes.set(rows.values.subarray(base, end), at.values);
    words.set(rows.fieldEnds.subarray(from * columns, to * columns), fieldEnds);
    words[begins] = base;
    words.set(rows.ends.subarray(from, to), begins + 1);
    words.set(rows.lines.subarray(from, to), fileLines);
    memory.numbers[firstRow] = rows.firstRow + from;
    memory.numbers[valuesPlace] = at.values - base;
    return to - from;
  }

  return {
    linesAt: at.lines,
    look(rows, from, isSkipped) {
      const count = put(rows, from);
      if (count === 0) {
        memory.numbers[found] = 0;
        return from + 1;
      }
      for (let index = 0; index < count; index++)
        memory.bytes[at.skipped + index] = isSkipped(from + index) ? 1 : 0;
      return from + run(at.plan, count);
    },
    find(index, row) {
      const { numbers } = memory;
      const place = found + index * foundWords;
      row.decision = numbers[place] ?? 0;
      row.lineStart = index === 0 ? at.lines : (numbers[place - foundWords + 1] ?? 0);
      row.lineEnd = numbers[place + 1] ?? 0;
      row.textStart = numbers[place + 3] ?? 0;
      row.textEnd = numbers[place + 4] ?? 0;
      row.entryStart = numbers[place + 5] ?? 0;
      row.entryEnd = numbers[place + 6] ?? 0;
    },
    place(index) {
      memory.numbers[rowBegin] = words[begins + index] ?? 0;
      memory.numbers[rowEnds] = at.fieldEnds + index * columns * NUMBER_BYTES;
      memory.numbers[rowNumbers] = at.numbers + index * columns * NUMBER_BYTES;
    },
  };
}

/** What the kernel, or who asks about values later, looks at. */
export function openRowView({ memory, at }: LaidOut): RowView {
  const { numbers } = memory;
  const placeOf = (name: Parameters<typeof PLAN.placeOf>[0]) => (at.plan + PLAN.placeOf(name)) / NUMBER_BYTES;
  const [values, begin, ends, row] = [
    placeOf('values'),
    placeOf('rowBegin'),
    placeOf('rowEnds'),
    placeOf('rowNumbers'),
  ];
  const endOf = (column: number) =>
    (numbers[values] ?? 0) + (numbers[(numbers[ends] ?? 0) / NUMBER_BYTES + column] ?? 0);
  return {
    bytes: memory.bytes,
    startOf: (column) =>
      column === 0 ? (numbers[values] ?? 0) + (numbers[begin] ?? 0) : endOf(column - 1) + 1,
    endOf,
    numberOf: (column) => numbers[(numbers[row] ?? 0) / NUMBER_BYTES + column] ?? NOT_KNOWN,
  };
}
