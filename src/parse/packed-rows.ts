import type { Finding } from '../vocabulary/finding.ts';
import type { SourceRow } from '../vocabulary/row.ts';

/** Between values and between rows; a file that has these characters itself is never packed. */
export const FIELD_SEPARATOR = '\u001f';
const ROW_SEPARATOR = '\u001e';
export const DIGEST_LENGTH = 16;

/** A batch of rows as two texts: copied between threads at once, where arrays would be copied value by value. */
export interface PackedRows {
  values: string;
  digests: string;
  firstRow: number;
  lines: Uint32Array;
  /** By position in the batch. */
  flaws: readonly (readonly [number, Finding])[];
}

export function packRows(rows: readonly SourceRow[]): PackedRows {
  return {
    values: rows.map((row) => row.values.join(FIELD_SEPARATOR)).join(ROW_SEPARATOR),
    digests: rows.map((row) => row.digest).join(''),
    firstRow: rows[0]?.row ?? 0,
    lines: Uint32Array.from(rows, (row) => row.line),
    flaws: rows.flatMap((row, at) => (row.flaw ? [[at, row.flaw] as const] : [])),
  };
}

export function unpackRows({ values, digests, firstRow, lines, flaws }: PackedRows): SourceRow[] {
  if (lines.length === 0) return [];
  const rows = values.split(ROW_SEPARATOR).map((row, at): SourceRow => {
    const digest = digests.slice(at * DIGEST_LENGTH, (at + 1) * DIGEST_LENGTH);
    return { row: firstRow + at, line: lines[at] ?? 0, values: row.split(FIELD_SEPARATOR), digest };
  });
  for (const [at, flaw] of flaws) {
    const row = rows[at];
    if (row) row.flaw = flaw;
  }
  return rows;
}
