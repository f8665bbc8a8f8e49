import type { Span } from '../files/append-file.ts';
import { HASH_BYTES, viewOf, writeKey } from './key-bytes.ts';
import { openKeyTable } from './key-table.ts';

/** Where the rows of each student stand in a file, in their order; a few bytes a row. */
export interface RowLists {
  add(student: string, span: Span): void;
  of(student: string): Span[];
}

const FIRST_ROOM = 1024;

export function openRowLists(): RowLists {
  const keys = openKeyTable(FIRST_ROOM);
  const scratch = Buffer.alloc(HASH_BYTES);
  const scratchView = viewOf(scratch);
  let offsets = new Float64Array(FIRST_ROOM);
  let lengths = new Uint32Array(FIRST_ROOM);
  /** Of the row before of the same student, counted from 1; `last` is by student. */
  let before = new Int32Array(FIRST_ROOM);
  let last = new Int32Array(FIRST_ROOM);
  let count = 0;

  function keyOf(student: string): DataView {
    scratch.fill(0);
    writeKey(scratch, 0, student);
    return scratchView;
  }

  function grow(): void {
    const room = count * 2;
    const wider = { offsets: new Float64Array(room), lengths: new Uint32Array(room) };
    const chains = { before: new Int32Array(room), last: new Int32Array(room) };
    wider.offsets.set(offsets);
    wider.lengths.set(lengths);
    chains.before.set(before);
    chains.last.set(last);
    ({ offsets, lengths } = wider);
    ({ before, last } = chains);
  }

  return {
    add(student, { offset, length }) {
      if (count === offsets.length) grow();
      const number = keys.put(keyOf(student), 0);
      offsets[count] = offset;
      lengths[count] = length;
      before[count] = last[number] ?? 0;
      last[number] = ++count;
    },
    of(student) {
      const spans: Span[] = [];
      const number = keys.find(keyOf(student), 0);
      for (let row = number < 0 ? 0 : (last[number] ?? 0); row > 0; row = before[row - 1] ?? 0)
        spans.push({ offset: offsets[row - 1] ?? 0, length: lengths[row - 1] ?? 0 });
      return spans.reverse();
    },
  };
}
