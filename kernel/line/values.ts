/** The distinct values of a column, by their bytes, each with a number from 0 on in the order in which they came. */
import { mixWord, sameBytes, start16 } from './bytes';
import { STEP } from './plan';

export const NOT_KNOWN: i32 = -1;
const LONGEST_BYTES: usize = 64;
/** Values that were made to fall on one place are looked up no longer than that. */
const MOST_PROBES: i32 = 64;

@unmanaged
export class Values {
  count: i32;
  most: i32;
  lastSlot: i32;
  slots: usize;
  /** The slot that was asked for last is often asked for next: most students have the commonest code. */
  latest: usize;
  /** Where what is beyond the begin of a long value may lie, and where its region ends. */
  text: usize;
  textsEnd: usize;
}

/** Half a line of the processor's memory: nearly every value is told apart by it alone. */
const SLOT_BITS: usize = 5;

/** Behind the first 16 bytes of the value, filled up with zeros. */
@unmanaged
class Slot {
  start0: u64;
  start1: u64;
  bytes: u32;
  /** From 1 on; 0 where no value fell on the slot. */
  number: i32;
  /** The rest of it. */
  rest: usize;
  spare: i32;
}

export function numberOf(table: Values, value: usize, bytes: usize): i32 {
  const start = start16(value, bytes);
  if (bytes > LONGEST_BYTES) return NOT_KNOWN;
  let place = mix(start, value, bytes);
  for (let probes = 0; probes <= MOST_PROBES; probes++) {
    const at = table.slots + ((<usize>(place & table.lastSlot)) << SLOT_BITS);
    const slot = changetype<Slot>(at);
    if (slot.number === 0) return add(table, slot, start, value, bytes);
    if (isAt(slot, start, value, bytes)) {
      table.latest = at;
      return slot.number - 1;
    }
    place++;
  }
  return NOT_KNOWN;
}

function isAt(slot: Slot, start: v128, value: usize, bytes: usize): bool {
  const known = v128.load(changetype<usize>(slot));
  if (v128.any_true(v128.xor(known, start)) || <usize>slot.bytes !== bytes) return false;
  return bytes <= STEP || sameBytes(slot.rest, value + STEP, bytes - STEP);
}

/** Spread over 32 bits. */
function mix(start: v128, value: usize, bytes: usize): i32 {
  let mixed = mixWord(mixWord(bytes, i64x2.extract_lane(start, 0)), i64x2.extract_lane(start, 1));
  for (let at = STEP; at < bytes; at += STEP) {
    const next = start16(value + at, bytes - at);
    mixed = mixWord(mixWord(mixed, i64x2.extract_lane(next, 0)), i64x2.extract_lane(next, 1));
  }
  return <i32>(mixed >> 24);
}

function add(table: Values, slot: Slot, start: v128, value: usize, bytes: usize): i32 {
  const rest = bytes > STEP ? bytes - STEP : 0;
  if (table.count === table.most || table.text + rest > table.textsEnd) return NOT_KNOWN;
  v128.store(changetype<usize>(slot), start);
  slot.bytes = <u32>bytes;
  slot.rest = table.text;
  memory.copy(table.text, value + STEP, rest);
  table.text += rest;
  table.count++;
  slot.number = table.count;
  table.latest = changetype<usize>(slot);
  return table.count - 1;
}
