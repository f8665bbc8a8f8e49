import { NOT_KNOWN } from './row-view.ts';

/** The distinct values of a column, by their bytes, each with a number from 0 on in the order in which they came. */
export interface ValueTable {
  /** NOT_KNOWN where the value is long, or there are more than are worth remembering. */
  numberOf(bytes: Buffer, start: number, end: number): number;
}

/** Codes, dates, names and places repeat; of a column with more values than this hardly one comes again soon. */
export const MOST_VALUES = 1 << 14;
const LONGEST_BYTES = 64;
/** Values that were made to fall on one place are looked up no longer than that. */
const MOST_PROBES = 64;
const FIRST_VALUES = 256;
const BYTES_A_VALUE = 16;

/** Typed arrays only, so that it costs the collector nothing. */
export function openValueTable(): ValueTable {
  let places = new Int32Array(FIRST_VALUES * 2).fill(NOT_KNOWN);
  let starts = new Int32Array(FIRST_VALUES + 1);
  let texts = Buffer.alloc(FIRST_VALUES * BYTES_A_VALUE);
  let count = 0;
  /** What was asked for last is often asked for next: most students have the commonest code. */
  let latest = 0;

  function isAt(number: number, bytes: Buffer, start: number, end: number): boolean {
    const from = starts[number] ?? 0;
    if ((starts[number + 1] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[at] !== texts[from + at - start]) return false;
    return true;
  }

  function grow(): void {
    const wider = new Int32Array(count * 2 + 1);
    wider.set(starts.subarray(0, count + 1));
    starts = wider;
    places = new Int32Array(count * 4).fill(NOT_KNOWN);
    for (let number = 0; number < count; number++) {
      let place = mix(texts, starts[number] ?? 0, starts[number + 1] ?? 0) & (places.length - 1);
      while ((places[place] ?? NOT_KNOWN) >= 0) place = (place + 1) & (places.length - 1);
      places[place] = number;
    }
  }

  function add(place: number, bytes: Buffer, start: number, end: number): number {
    if (count === MOST_VALUES) return NOT_KNOWN;
    const from = starts[count] ?? 0;
    const to = from + end - start;
    if (to > texts.length) texts = Buffer.concat([texts], texts.length * 2);
    for (let at = start; at < end; at++) texts[from + at - start] = bytes[at] ?? 0;
    starts[count + 1] = to;
    places[place] = count++;
    // At most half of the places are ever taken.
    if (count * 2 === places.length) grow();
    return count - 1;
  }

  return {
    numberOf(bytes, start, end) {
      if (latest < count && isAt(latest, bytes, start, end)) return latest;
      if (end - start > LONGEST_BYTES) return NOT_KNOWN;
      const last = places.length - 1;
      let place = mix(bytes, start, end) & last;
      let probes = 0;
      for (let number = places[place] ?? NOT_KNOWN; number >= 0; number = places[place] ?? NOT_KNOWN) {
        if (probes++ > MOST_PROBES) return NOT_KNOWN;
        if (isAt(number, bytes, start, end)) {
          latest = number;
          return number;
        }
        place = (place + 1) & last;
      }
      return add(place, bytes, start, end);
    },
  };
}

function mix(bytes: Buffer, start: number, end: number): number {
  let mixed = end - start;
  for (let at = start; at < end; at++) mixed = Math.imul(mixed ^ (bytes[at] ?? 0), 0x01000193);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
