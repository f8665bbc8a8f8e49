import type { CellForm } from '../../src/bytewise/cell-form.ts';
import {
  type CompiledLine,
  compileLine,
  type LineForm,
  type RowQuestions,
} from '../../src/bytewise/compile-line.ts';
import { fingerprintOf } from '../../src/bytewise/fingerprint.ts';
import { type FoundRow, openFound } from '../../src/bytewise/look-at-rows.ts';
import type { ByteRows } from '../../src/bytewise/put-rows.ts';
import { CARRIED_ACTIVE } from '../../src/bytewise/structures.ts';

/** A cell of one column whose ordinary form is `carry`. */
export function cellOf(carry: (value: string) => string | undefined, some: Partial<CellForm> = {}): CellForm {
  const column = some.columns?.[0] ?? 0;
  const textOf = (values: readonly string[]) => carry(values[column] ?? '');
  return { columns: [0], forms: undefined, carry, textOf, ...some };
}

/** Rows as they lie among others. */
export function rowsOf(rows: readonly (readonly string[])[], firstRow = 1): ByteRows {
  const ends: number[] = [];
  const fieldEnds: number[] = [];
  let end = 0;
  for (const values of rows) {
    for (const [at, value] of values.entries()) {
      end += Buffer.byteLength(value) + (at > 0 ? 1 : 0);
      fieldEnds.push(end);
    }
    ends.push(end);
  }
  return {
    values: Buffer.from(rows.map((values) => values.join('\u001f')).join('')),
    ends: Uint32Array.from(ends),
    fieldEnds: Uint32Array.from(fieldEnds),
    lines: Uint32Array.from(rows, (_, at) => at + 2),
    firstRow,
    fingerprints: Buffer.concat(rows.map((values) => Buffer.from(fingerprintOf(values.join('')), 'latin1'))),
  };
}

export const ENTRY_BYTES = 80;
/** An entry as it may look: numbers and keys in their places, texts behind them. */
export const PLACES = {
  ...{ row: 0, line: 4, textBytes: 8, outbound: 12, outboundBytes: 20 },
  ...{ key: 24, student: 40, content: 56, mapped: 64, texts: ENTRY_BYTES },
};

/** Everybody is carried; the last column is the id. */
export function questionsOf(columns: number, some: Partial<RowQuestions> = {}): RowQuestions {
  return {
    ...{ columns, sizeBytes: 1 << 20, alsoRead: [] },
    decide: { columns: [], ask: () => CARRIED_ACTIVE },
    openingOf: {
      columns: [],
      ask: () => ({
        text: Buffer.from('opening '),
        entry: Buffer.alloc(ENTRY_BYTES, 0xee),
        tail: Buffer.from('|tail'),
        longTail: Buffer.from('|tail|'),
      }),
    },
    entry: { idColumn: columns - 1, previousIdColumn: undefined, keyIsId: true, places: PLACES },
    writeKey: (bytes, at, id) => at + bytes.write(`#${id.length}`.padEnd(16), at),
    ...some,
  };
}

export function lineOf(form: LineForm, questions: RowQuestions): CompiledLine {
  const line = compileLine(form, questions);
  if (!line) throw new Error('there is no memory for it');
  return line;
}

export interface SeenRow extends FoundRow {
  /** Undefined where the ordinary forms judge the row. */
  written: string | undefined;
  entry: Buffer;
}

/** Everything that is found of rows. */
export function lookAt(line: CompiledLine, rows: ByteRows, isSkipped = (_at: number) => false): SeenRow[] {
  const seen: SeenRow[] = [];
  for (let from = 0; from < rows.ends.length; ) {
    const to = line.look(rows, from, isSkipped);
    for (let at = from; at < to; at++) {
      const found = openFound();
      line.find(at - from, found);
      const pieceOf = (start: number, end: number) => line.bytes.toString('utf8', start, end);
      const isCarried = found.decision === 1 || found.decision === 2;
      seen.push({
        ...found,
        written: isCarried ? pieceOf(found.lineStart, found.lineEnd) : undefined,
        entry: isCarried
          ? Buffer.from(line.bytes.subarray(found.entryStart, found.entryEnd))
          : Buffer.alloc(0),
      });
    }
    from = to;
  }
  return seen;
}

/** What one cell, between brackets, makes of values one after the other. */
export function cellsOf(cell: CellForm, values: readonly string[], isUtf8 = true): (string | undefined)[] {
  const form = { cells: [cell], delimiter: ',', lineEnd: ']', isUtf8 };
  const rows = rowsOf(values.map((value) => [value, 'x', 'id']));
  return lookAt(lineOf(form, questionsOf(3)), rows).map(({ written }) => written?.slice(0, -1));
}
