import { isBlankKey } from './key-bytes.ts';
import { openKeyTable } from './key-table.ts';
import { widened } from './last-columns.ts';

/**
 * Which keys more than one row has: a byte for each record of the last delivery, and the keys of those whom nobody had. What the
 * rows say is not kept, because few files have repeats: those that do are read once more.
 */
export interface RepeatedKeys {
  /** @param number the record of the student whose key it is, or -1 */
  note(number: number, view: DataView, keyAt: number): void;
  /** Rows of strangers that were too many to be held at once, and of whose keys nothing is known; 0 where they were not. */
  untold(): number;
  /** How many keys repeat. */
  count(): number;
  /** A number of a key that repeats, less than `count`; -1 of any other. @param number as in `note` */
  find(number: number, view: DataView, keyAt: number): number;
}

const FIRST_STRANGERS = 1024;
/** In 25 MB. */
const MOST_STRANGERS = 1_000_000;
const ONCE = 1;
const REPEATED = 2;

/** @param records of the last delivery */
export function openRepeatedKeys(records: number): RepeatedKeys {
  const known = new Uint8Array(records);
  let strangers = openKeyTable(FIRST_STRANGERS);
  let strange = new Uint8Array(FIRST_STRANGERS);
  let rowsOfStrangers = 0;
  let isUntold = false;
  let repeated = 0;
  /** By key, those of strangers behind the others; in the order in which they are asked for. */
  const numbers = new Map<number, number>();

  function meet(seen: Uint8Array, at: number): void {
    if (seen[at] === ONCE) repeated++;
    seen[at] = seen[at] === 0 ? ONCE : REPEATED;
  }

  function meetStranger(view: DataView, keyAt: number): void {
    rowsOfStrangers++;
    if (isUntold) return;
    const at = strangers.put(view, keyAt);
    if (at >= strange.length) strange = widened(strange, at * 2, Uint8Array);
    meet(strange, at);
    if (at < MOST_STRANGERS) return;
    isUntold = true;
    strangers = openKeyTable(0);
    strange = new Uint8Array(0);
  }

  return {
    count: () => repeated,
    untold: () => (isUntold ? rowsOfStrangers : 0),
    note(number, view, keyAt) {
      if (isBlankKey(view, keyAt)) return;
      if (number >= 0) meet(known, number);
      else meetStranger(view, keyAt);
    },
    find(number, view, keyAt) {
      if (isBlankKey(view, keyAt)) return -1;
      const stranger = number < 0 && !isUntold ? strangers.find(view, keyAt) : -1;
      if (known[number] !== REPEATED && strange[stranger] !== REPEATED) return -1;
      const key = number >= 0 ? number : records + stranger;
      const one = numbers.get(key) ?? numbers.size;
      numbers.set(key, one);
      return one;
    },
  };
}
