import { isAscii } from 'node:buffer';
import { FINGERPRINT_LENGTH } from '../bytewise/fingerprint.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { SourceRow } from '../vocabulary/row.ts';

/** Between values; a file that has this character itself is never packed. */
export const FIELD_SEPARATOR = '\u001f';
export const FIELD_SEPARATOR_BYTE = 0x1f;

/** A batch of rows as few large pieces: moved between threads at once, where arrays would be copied value by value. */
export interface PackedRows {
  /** The rows one behind the other in UTF-8, a separator between the values of each. */
  values: Uint8Array<ArrayBuffer>;
  /** Where each row ends in `values`. */
  ends: Uint32Array<ArrayBuffer>;
  /** Where each value ends, one a column; those of a row that is flawed mean nothing. */
  fieldEnds: Uint32Array<ArrayBuffer>;
  /** Of each row eight bytes. */
  fingerprints: Uint8Array<ArrayBuffer>;
  firstRow: number;
  lines: Uint32Array<ArrayBuffer>;
  /** By position in the batch. */
  flaws: readonly (readonly [number, Finding])[];
}

/** Rows as they came, in the form that is asked for: one of the two is at hand, the other is made. */
export interface RowBatch {
  rows(): SourceRow[];
  packed(): PackedRows;
}

export async function* rowsOf(batches: AsyncIterable<RowBatch>): AsyncGenerator<SourceRow[]> {
  for await (const batch of batches) yield batch.rows();
}

/** @param columns that a row has if it is not flawed */
export function packRows(rows: readonly SourceRow[], columns: number): PackedRows {
  const ends = new Uint32Array(rows.length);
  const fieldEnds = new Uint32Array(rows.length * columns);
  let end = 0;
  for (const [at, { values }] of rows.entries()) {
    for (const [column, value] of values.entries()) {
      end += Buffer.byteLength(value) + (column > 0 ? 1 : 0);
      if (column < columns) fieldEnds[at * columns + column] = end;
    }
    ends[at] = end;
  }
  return {
    values: new TextEncoder().encode(rows.map(({ values }) => values.join(FIELD_SEPARATOR)).join('')),
    ends,
    fieldEnds,
    fingerprints: fingerprintsOf(rows),
    firstRow: rows[0]?.row ?? 0,
    lines: Uint32Array.from(rows, (row) => row.line),
    flaws: rows.flatMap((row, at) => (row.flaw ? [[at, row.flaw] as const] : [])),
  };
}

export function unpackRows(packed: PackedRows): SourceRow[] {
  const { values, ends, firstRow, lines, flaws } = packed;
  const textOf = openTexts(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  const rows: SourceRow[] = [];
  let start = 0;
  for (const [at, end] of ends.entries()) {
    const row = {
      row: firstRow + at,
      line: lines[at] ?? 0,
      values: textOf(start, end).split(FIELD_SEPARATOR),
      fingerprint: fingerprintAt(packed, at),
    };
    rows.push(row);
    start = end;
  }
  for (const [at, flaw] of flaws) {
    const row = rows[at];
    if (row) row.flaw = flaw;
  }
  return rows;
}

/** What moves between threads. */
export function buffersOf({ values, ends, fieldEnds, lines, fingerprints }: PackedRows): ArrayBuffer[] {
  return [values.buffer, ends.buffer, fieldEnds.buffer, lines.buffer, fingerprints.buffer];
}

/** The values of one row that is packed. */
export function unpackRow(bytes: Buffer, start: number, end: number): string[] {
  return bytes.toString('utf8', start, end).split(FIELD_SEPARATOR);
}

/** One row of a batch, by its place in it. */
export function rowAt(packed: PackedRows, at: number): SourceRow {
  const { values, ends, firstRow, lines, flaws } = packed;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const flaw = flaws.find(([place]) => place === at)?.[1];
  return {
    row: firstRow + at,
    line: lines[at] ?? 0,
    values: unpackRow(bytes, ends[at - 1] ?? 0, ends[at] ?? 0),
    fingerprint: fingerprintAt(packed, at),
    ...(flaw && { flaw }),
  };
}

/** The values of one row of a batch with a separator between them. */
export function rowBytes({ values, ends }: PackedRows, at: number): Uint8Array {
  return values.subarray(ends[at - 1] ?? 0, ends[at]);
}

/** The fingerprint of one row of a batch. */
export function fingerprintAt({ fingerprints }: PackedRows, at: number): string {
  const { buffer, byteOffset } = fingerprints;
  return Buffer.from(buffer, byteOffset + at * FINGERPRINT_LENGTH, FINGERPRINT_LENGTH).toString('latin1');
}

function fingerprintsOf(rows: readonly SourceRow[]): Buffer<ArrayBuffer> {
  const all = Buffer.allocUnsafeSlow(rows.length * FINGERPRINT_LENGTH);
  for (const [at, { fingerprint }] of rows.entries())
    all.write(fingerprint, at * FINGERPRINT_LENGTH, 'latin1');
  return all;
}

/** Where a byte is a character, all of it becomes text at once. */
function openTexts(bytes: Buffer): (start: number, end: number) => string {
  if (!isAscii(bytes)) return (start, end) => bytes.toString('utf8', start, end);
  const text = bytes.toString('latin1');
  return (start, end) => text.slice(start, end);
}
