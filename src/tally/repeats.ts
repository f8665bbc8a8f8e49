import { widened } from './last-columns.ts';

/** Of keys by their numbers: the row that had each first, and the rows that repeat it. */
export interface Repeats {
  /** @param row counted from 1 @param contentAt where the fingerprint of the row's content begins in `view` */
  meet(key: number, row: number, view: DataView, contentAt: number): void;
  /**
   * The same content twice: the first stands, the others are duplicates. Different content under one key: none is believed.
   * @param revisions by row number
   */
  settle(revisions: Uint8Array, codes: { duplicate: number; conflicting: number }): void;
}

/** By key: its first row, and the two words of that one's content. */
const WORDS = 3;

/** @param keys for which there is room at first */
export function openRepeats(keys: number): Repeats {
  let firsts = new Uint32Array(keys * WORDS);
  const conflicts = new Set<number>();
  const repeated: { key: number; row: number }[] = [];

  return {
    meet(key, row, view, contentAt) {
      const low = view.getUint32(contentAt, true);
      const high = view.getUint32(contentAt + 4, true);
      const at = key * WORDS;
      if (at >= firsts.length) firsts = widened(firsts, (at + WORDS) * 2, Uint32Array);
      if (firsts[at] === 0) {
        firsts[at] = row;
        firsts[at + 1] = low;
        firsts[at + 2] = high;
        return;
      }
      repeated.push({ key, row });
      if (firsts[at + 1] !== low || firsts[at + 2] !== high) conflicts.add(key);
    },
    settle(revisions, { duplicate, conflicting }) {
      for (const { key, row } of repeated) {
        revisions[row] = conflicts.has(key) ? conflicting : duplicate;
        if (conflicts.has(key)) revisions[firsts[key * WORDS] ?? row] = conflicting;
      }
    },
  };
}
