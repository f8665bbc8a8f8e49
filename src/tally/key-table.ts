import { HASH_BYTES } from './key-bytes.ts';
import { widened } from './last-columns.ts';

/** Keys of a fixed width and the order in which they first came; nothing but typed arrays, so that it costs the collector nothing. */
export interface KeyTable {
  /** The number of the key: a new one where it is met for the first time. */
  put(view: DataView, at: number): number;
  /** The number of the key, or -1. */
  find(view: DataView, at: number): number;
  /**
   * The numbers of keys, as many as `found` has room for. @param places where each begins in `view`
   * Memory that is asked for many places at once answers in a fraction of the time that it takes one after the other.
   */
  findAll(view: DataView, places: Uint32Array, found: Int32Array): void;
  /** Writes the key of a number to the beginning of `view`. */
  read(number: number, view: DataView): void;
  /** All keys by their numbers: a view, valid until the next one is put. */
  words(): Uint32Array;
  /** Numbers given so far. */
  size(): number;
  clear(): void;
}

/**
 * @param capacity keys for which there is room at first; at most half of the places are ever taken
 * @param keyBytes how wide a key is: that of the roll, or more
 * @param first what `words` of another table gave: the keys that this one begins with, and takes over
 */
export function openKeyTable(capacity: number, keyBytes = HASH_BYTES, first = NO_KEYS): KeyTable {
  const words = keyBytes / 4;
  let count = first.length / words;
  let room = Math.max(1, capacity, count);
  let keys = widened(first, room * words, Uint32Array);
  let numbers = emptyPlaces(room);
  settle(numbers, first, words);

  const firstPlaceOf = (view: DataView, at: number) => mixKey(view, at, keyBytes) & (numbers.length - 1);

  /** Where the key stands, or the free place where it belongs. */
  function placeOf(view: DataView, at: number): number {
    let place = firstPlaceOf(view, at);
    for (;;) {
      const number = numbers[place] ?? -1;
      if (number < 0 || isKey(keys, number * words, view, at, words)) return place;
      place = (place + 1) & (numbers.length - 1);
    }
  }

  return {
    put(view, at) {
      if (count === room) {
        room *= 2;
        keys = widened(keys, room * words, Uint32Array);
        numbers = emptyPlaces(room);
        settle(numbers, keys.subarray(0, count * words), words);
      }
      const place = placeOf(view, at);
      const known = numbers[place] ?? -1;
      if (known >= 0) return known;
      copyKey(keys, count * words, view, at, words);
      numbers[place] = count;
      return count++;
    },
    find: (view, at) => numbers[placeOf(view, at)] ?? -1,
    findAll(view, places, found) {
      for (let at = 0; at < found.length; at++)
        found[at] = numbers[firstPlaceOf(view, places[at] ?? 0)] ?? -1;
      for (let at = 0; at < found.length; at++) {
        const number = found[at] ?? -1;
        if (number < 0 || isKey(keys, number * words, view, places[at] ?? 0, words)) continue;
        found[at] = numbers[placeOf(view, places[at] ?? 0)] ?? -1;
      }
    },
    read: (number, view) => writeKey(keys, number * words, view, words),
    words: () => keys.subarray(0, count * words),
    size: () => count,
    clear() {
      numbers.fill(-1);
      count = 0;
    },
  };
}

function isKey(keys: Uint32Array, first: number, view: DataView, at: number, words: number): boolean {
  for (let word = 0; word < words; word++)
    if (keys[first + word] !== view.getUint32(at + word * 4, true)) return false;
  return true;
}

function copyKey(keys: Uint32Array, first: number, view: DataView, at: number, words: number): void {
  for (let word = 0; word < words; word++) keys[first + word] = view.getUint32(at + word * 4, true);
}

function writeKey(keys: Uint32Array, first: number, view: DataView, words: number): void {
  for (let word = 0; word < words; word++) view.setUint32(word * 4, keys[first + word] ?? 0, true);
}

function emptyPlaces(room: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(room * 2))).fill(-1);
}

/** Spreads keys evenly: ids as they stand differ in few bytes only. */
export function mixKey(view: DataView, at: number, keyBytes = HASH_BYTES): number {
  let mix = 0;
  for (let word = 0; word < keyBytes; word += 4)
    mix = Math.imul(mix ^ view.getUint32(at + word, true), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}

const NO_KEYS: Uint32Array = new Uint32Array(0);

/** Places that are looked at together: see `findAll`. */
const SETTLED_AT_ONCE = 256;

/** Gives their places to keys that all differ, in a table that has none yet. */
function settle(numbers: Int32Array, keys: Uint32Array, words: number): void {
  const last = numbers.length - 1;
  const count = keys.length / words;
  const places = new Uint32Array(SETTLED_AT_ONCE);
  const taken = new Int32Array(SETTLED_AT_ONCE);
  for (let from = 0; from < count; from += SETTLED_AT_ONCE) {
    const some = Math.min(SETTLED_AT_ONCE, count - from);
    for (let at = 0; at < some; at++) places[at] = mixWords(keys, (from + at) * words, words) & last;
    // Asked for together, they are at hand when it is their turn.
    for (let at = 0; at < some; at++) taken[at] = numbers[places[at] ?? 0] ?? -1;
    for (let at = 0; at < some; at++) {
      let place = places[at] ?? 0;
      while ((numbers[place] ?? 0) >= 0) place = (place + 1) & last;
      numbers[place] = from + at;
    }
  }
}

/** As `mixKey` of the same key in bytes. */
function mixWords(keys: Uint32Array, first: number, words: number): number {
  let mix = 0;
  for (let word = first; word < first + words; word++) mix = Math.imul(mix ^ (keys[word] ?? 0), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}
