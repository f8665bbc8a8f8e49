import { FINGERPRINT_LENGTH } from './fingerprint.ts';
import type { LaidOut } from './lay-out.ts';
import { NUMBER_BYTES } from './regions.ts';
import { PLAN } from './structures.ts';

/** Rows in UTF-8, one byte between two values; where each row ends, and each of its values, one a column. */
export interface ByteRows {
  values: Uint8Array;
  ends: Uint32Array;
  fieldEnds: Uint32Array;
  /** The line of the file on which each row begins, and the number of the first one. */
  lines: Uint32Array;
  /** Of each row one. */
  fingerprints: Uint8Array;
  firstRow: number;
}

/** Puts as many rows of a batch, from one on, as have room where the kernel looks; answers how many. */
export function compilePutRows({
  memory,
  at,
  bounds,
  columns,
}: LaidOut): (rows: ByteRows, from: number) => number {
  const words = new Uint32Array(memory.numbers.buffer);
  const wordAt = (place: number) => place / NUMBER_BYTES;
  const [begins, fieldEnds, fileLines] = [wordAt(at.begins), wordAt(at.fieldEnds), wordAt(at.fileLines)];
  const [firstRow, values] = [PLAN.wordOf('firstRow', at.plan), PLAN.wordOf('values', at.plan)];

  return (rows, from) => {
    const { ends } = rows;
    const base = from === 0 ? 0 : (ends[from - 1] ?? 0);
    const most = Math.min(ends.length, from + bounds.rows);
    let to = from;
    while (to < most && (ends[to] ?? 0) - base <= bounds.stretchBytes) to++;
    if (to === from) return 0;
    memory.bytes.set(rows.values.subarray(base, ends[to - 1]), at.values);
    words.set(rows.fieldEnds.subarray(from * columns, to * columns), fieldEnds);
    words[begins] = base;
    words.set(ends.subarray(from, to), begins + 1);
    words.set(rows.lines.subarray(from, to), fileLines);
    const prints = rows.fingerprints.subarray(from * FINGERPRINT_LENGTH, to * FINGERPRINT_LENGTH);
    memory.bytes.set(prints, at.prints);
    memory.numbers[firstRow] = rows.firstRow + from;
    // Where values end is told from the begin of the batch.
    memory.numbers[values] = at.values - base;
    return to - from;
  };
}
