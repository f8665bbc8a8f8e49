import { HASH_BYTES } from './entry-bytes.ts';

/** Keys of a fixed width and the order in which they first came; nothing but typed arrays, so that it costs the collector nothing. */
export interface KeyTable {
  /** The number of the key: a new one where it is met for the first time. */
  put(bytes: Buffer, at: number): number;
  /** The number of the key, or -1. */
  find(bytes: Buffer, at: number): number;
  /** Writes the key of a number into `bytes`. */
  read(number: number, bytes: Buffer): void;
  /** Numbers given so far. */
  size(): number;
  clear(): void;
}

/**
 * @param capacity keys for which there is room at first; at most half of the places are ever taken
 * @param keyBytes how wide a key is: that of the roll, or more
 */
export function openKeyTable(capacity: number, keyBytes = HASH_BYTES): KeyTable {
  const words = keyBytes / 4;
  let room = Math.max(1, capacity);
  let keys = new Uint32Array(room * words);
  let numbers = emptyPlaces(room);
  let count = 0;

  /** Where the key stands, or the free place where it belongs. */
  function placeOf(bytes: Buffer, at: number): number {
    const last = numbers.length - 1;
    let place = mixKey(bytes, at, keyBytes) & last;
    for (
      let number = numbers[place] ?? -1;
      number >= 0 && !isKey(keys, number, { bytes, at, words });
      number = numbers[place] ?? -1
    ) {
      place = (place + 1) & last;
    }
    return place;
  }

  function grow(): void {
    room *= 2;
    const wider = new Uint32Array(room * words);
    wider.set(keys);
    keys = wider;
    numbers = emptyPlaces(room);
    const bytes = Buffer.from(keys.buffer);
    for (let number = 0; number < count; number++) numbers[placeOf(bytes, number * keyBytes)] = number;
  }

  return {
    put(bytes, at) {
      let place = placeOf(bytes, at);
      const known = numbers[place] ?? -1;
      if (known >= 0) return known;
      if (count === room) {
        grow();
        place = placeOf(bytes, at);
      }
      for (let word = 0; word < words; word++) keys[count * words + word] = bytes.readUInt32LE(at + word * 4);
      numbers[place] = count;
      return count++;
    },
    find: (bytes, at) => numbers[placeOf(bytes, at)] ?? -1,
    read(number, bytes) {
      for (let word = 0; word < words; word++)
        bytes.writeUInt32LE(keys[number * words + word] ?? 0, word * 4);
    },
    size: () => count,
    clear() {
      numbers.fill(-1);
      count = 0;
    },
  };
}

function isKey(
  keys: Uint32Array,
  number: number,
  { bytes, at, words }: { bytes: Buffer; at: number; words: number },
): boolean {
  for (let word = 0; word < words; word++)
    if (keys[number * words + word] !== bytes.readUInt32LE(at + word * 4)) return false;
  return true;
}

function emptyPlaces(room: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(room * 2))).fill(-1);
}

/** Spreads keys evenly: ids as they stand differ in few bytes only. */
export function mixKey(bytes: Buffer, at: number, keyBytes = HASH_BYTES): number {
  let mix = 0;
  for (let word = 0; word < keyBytes; word += 4)
    mix = Math.imul(mix ^ bytes.readUInt32LE(at + word), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}
