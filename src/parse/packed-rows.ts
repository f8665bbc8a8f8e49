import type { Finding } from '../vocabulary/finding.ts';
import { FIELD_SEPARATOR, type SourceRow } from '../vocabulary/row.ts';

const ROW_SEPARATOR = '\u001e';

/** A batch of rows as one text: copied between threads at once, where arrays would be copied value by value. */
export interface PackedRows {
  text: string;
  firstRow: number;
  lines: Uint32Array;
  /** By position in the batch. */
  flaws: readonly (readonly [number, Finding])[];
}

export function packRows(rows: readonly SourceRow[]): PackedRows {
  return {
    text: rows.map((row) => row.text).join(ROW_SEPARATOR),
    firstRow: rows[0]?.row ?? 0,
    lines: Uint32Array.from(rows, (row) => row.line),
    flaws: rows.flatMap((row, at) => (row.flaw ? [[at, row.flaw] as const] : [])),
  };
}

export function unpackRows({ text, firstRow, lines, flaws }: PackedRows): SourceRow[] {
  if (lines.length === 0) return [];
  const rows = text.split(ROW_SEPARATOR).map((row, at): SourceRow => {
    return { row: firstRow + at, line: lines[at] ?? 0, values: row.split(FIELD_SEPARATOR), text: row };
  });
  for (const [at, flaw] of flaws) {
    const row = rows[at];
    if (row) row.flaw = flaw;
  }
  return rows;
}
