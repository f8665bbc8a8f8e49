import { fingerprintOf } from '../bytewise/fingerprint.ts';
import type { Finding } from '../vocabulary/finding.ts';
import { isBlank, type SourceRow } from '../vocabulary/row.ts';
import { FIELD_SEPARATOR, packRows, type RowBatch } from './packed-rows.ts';
import type { ByteFacts } from './recognise-encoding.ts';
import type { RowContext } from './row-context.ts';

/** With which DOS ended a file. */
const DOS_END = '\u001a';
export const REPLACED = '\ufffd';

/** One record as it was found. */
interface FoundRecord {
  values: readonly string[];
  /** How many lines it takes. */
  lines: number;
  /** False of a header and of a blank line. */
  isData?: boolean;
  /** What is wrong with it as a line; otherwise its values are looked at. */
  flaw?: Finding | undefined;
}

export type Numbering = ReturnType<typeof openNumbering>;

/** Gives each record its row and line. */
export function openNumbering(context: RowContext) {
  const { columns, read, bytes } = context;
  const nulls = new Set(read.null);
  const batches = openBatches(columns.length);
  let newest: SourceRow | undefined;
  let row = 0;
  let line = read.skip_lines + 1;
  let headerIsDue = read.header === true && !read.fixed_width;

  /** @param valuesOf asked only where the number of values does not tell */
  function place(count: number, lines: number, valuesOf: () => readonly string[]): number {
    const start = line;
    line += lines;
    if (headerIsDue) {
      headerIsDue = valuesOf().every(isBlank);
      return NO_ROW;
    }
    if (count === 1 && columns.length > 1 && isBlank((valuesOf()[0] ?? '').replace(DOS_END, '')))
      return NO_ROW;
    row++;
    return start;
  }

  function take({ values, lines, isData, flaw }: FoundRecord): void {
    if (isData === false) {
      line += lines;
      return;
    }
    const start = place(values.length, lines, () => values);
    if (start === NO_ROW) return;
    const known = nulls.size === 0 ? values : values.map((value) => (nulls.has(value.trim()) ? '' : value));
    newest = { row, line: start, values: known, fingerprint: fingerprintOf(known.join(FIELD_SEPARATOR)) };
    const wrong = flaw ?? flawOf(values, columns, bytes);
    if (wrong) newest.flaw = wrong;
    batches.add(newest);
  }

  return {
    take,
    /** For who takes its rows itself: the line of the record, which is the next row; NO_ROW where it is none. */
    place,
    /** The same of many records with as many values as there are columns, behind the header; what follows begins in that line. */
    placeWhole(records: number, nextLine: number): void {
      row += records;
      line = nextLine;
    },
    /** Rows that were placed, and the last of them. */
    takePlaced(placed: RowBatch, last: SourceRow): void {
      batches.addWhole(placed);
      newest = last;
    },
    nextLine: () => line,
    above: () => ({ rows: row, last: newest, line, hasHeader: !headerIsDue }),
    drain: batches.drain,
  };
}

/** Rows in their order, some of them one by one, some in batches. */
function openBatches(columns: number) {
  let batch: SourceRow[] = [];
  let whole: RowBatch[] = [];

  function close(): void {
    const rows = batch;
    if (rows.length > 0) whole.push({ rows: () => rows, packed: () => packRows(rows, columns) });
    batch = [];
  }

  return {
    add: (row: SourceRow) => void batch.push(row),
    addWhole(placed: RowBatch): void {
      close();
      whole.push(placed);
    },
    drain(): RowBatch[] {
      close();
      const all = whole;
      whole = [];
      return all;
    },
  };
}

/** A line counts from 1. */
export const NO_ROW = 0;

function flawOf(
  values: readonly string[],
  columns: readonly string[],
  bytes: ByteFacts,
): Finding | undefined {
  if (values.length !== columns.length) return wrongCount(values.length, columns);
  if (bytes.suspect) {
    const at = values.findIndex((value) => value.includes(REPLACED));
    if (at >= 0)
      return inColumn('bad_encoding', columns[at] ?? '', `has bytes that are no ${bytes.encoding} text`);
  }
  if (bytes.hasNul) {
    const at = values.findIndex((value) => value.includes('\u0000'));
    if (at >= 0) return inColumn('nul_character', columns[at] ?? '', 'has a NUL character');
  }
  return undefined;
}

export function wrongCount(count: number, columns: readonly string[]): Finding {
  return wrongLength(`The row has ${count} fields, the header has ${columns.length}`);
}

export function wrongLength(message: string): Finding {
  return { code: 'field_count', field: '', message, value: '' };
}

function inColumn(code: Finding['code'], column: string, what: string): Finding {
  return { code, field: '', message: `The column ${column} ${what}`, value: '' };
}
