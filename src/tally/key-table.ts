import { HASH_BYTES } from './roll-entry.ts';

/** Keys of 16 bytes and the order in which they first came; nothing but typed arrays, so that it costs the collector nothing. */
export interface KeyTable {
  /** The number of the key: a new one where it is met for the first time. */
  put(bytes: Buffer, at: number): number;
  /** The number of the key, or -1. */
  find(bytes: Buffer, at: number): number;
  /** Numbers given so far. */
  size(): number;
  clear(): void;
}

const WORDS = HASH_BYTES / 4;

/** @param capacity keys that it must hold; at most half of its places are ever taken. */
export function openKeyTable(capacity: number): KeyTable {
  const places = 2 ** Math.ceil(Math.log2(capacity * 2));
  const numbers = new Int32Array(places).fill(-1);
  const keys = new Uint32Array(capacity * WORDS);
  let count = 0;

  /** Where the key stands, or the free place where it belongs. */
  function placeOf(bytes: Buffer, at: number): number {
    let place = mixKey(bytes, at) & (places - 1);
    for (
      let number = numbers[place] ?? -1;
      number >= 0 && !isKey(number, bytes, at);
      number = numbers[place] ?? -1
    ) {
      place = (place + 1) & (places - 1);
    }
    return place;
  }

  function isKey(number: number, bytes: Buffer, at: number): boolean {
    for (let word = 0; word < WORDS; word++) {
      if (keys[number * WORDS + word] !== bytes.readUInt32LE(at + word * 4)) return false;
    }
    return true;
  }

  return {
    put(bytes, at) {
      const place = placeOf(bytes, at);
      const known = numbers[place] ?? -1;
      if (known >= 0) return known;
      if (count === capacity) throw new RangeError('The table of keys is full');
      for (let word = 0; word < WORDS; word++) keys[count * WORDS + word] = bytes.readUInt32LE(at + word * 4);
      numbers[place] = count;
      return count++;
    },
    find: (bytes, at) => numbers[placeOf(bytes, at)] ?? -1,
    size: () => count,
    clear() {
      numbers.fill(-1);
      count = 0;
    },
  };
}

/** Spreads keys evenly: ids as they stand differ in few bytes only. */
export function mixKey(bytes: Buffer, at: number): number {
  let mix = 0;
  for (let word = 0; word < HASH_BYTES; word += 4)
    mix = Math.imul(mix ^ bytes.readUInt32LE(at + word), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}
