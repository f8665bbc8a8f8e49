import { widened } from './last-columns.ts';

/** The records of each key, where one may have many; both by their numbers. */
export interface RecordChains {
  add(key: number, record: number): void;
  /** The record of the key that was added last and not taken yet, or -1. */
  last(key: number): number;
  /** The same, and takes it. */
  take(key: number): number;
}

export function openRecordChains(first: number): RecordChains {
  let room = first;
  /** By key its last record, counted from 1, and by record the one before it. */
  let head = new Int32Array(room);
  let next = new Int32Array(room);
  const last = (key: number) => (head[key] ?? 0) - 1;
  return {
    last,
    add(key, record) {
      if (record >= room) {
        room = record * 2;
        head = widened(head, room, Int32Array);
        next = widened(next, room, Int32Array);
      }
      next[record] = head[key] ?? 0;
      head[key] = record + 1;
    },
    take(key) {
      const record = last(key);
      if (record >= 0) head[key] = next[record] ?? 0;
      return record;
    },
  };
}
