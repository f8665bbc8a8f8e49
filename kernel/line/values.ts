/** The distinct values of a column, by their bytes, each with a number from 0 on in the order in which they came. */
import { mix, sameBytes } from './bytes';

export const NOT_KNOWN: i32 = -1;
const LONGEST_BYTES: usize = 64;
/** Values that were made to fall on one place are looked up no longer than that. */
const MOST_PROBES: i32 = 64;

@unmanaged
export class Values {
  count: i32;
  /** What was asked for last is often asked for next: most students have the commonest code. */
  latest: i32;
  most: i32;
  lastSlot: i32;
  /** Of each slot the number from 1 on of the value that fell on it; 0 where none did. */
  slots: usize;
  /** Where each value begins, and behind the last where it ends. */
  starts: usize;
  textsEnd: usize;
}

export function numberOf(table: Values, value: usize, bytes: usize): i32 {
  if (table.count > 0 && isAt(table, table.latest, value, bytes)) return table.latest;
  if (bytes > LONGEST_BYTES) return NOT_KNOWN;
  let slot = mix(value, bytes) & table.lastSlot;
  for (let probes = 0; probes <= MOST_PROBES; probes++) {
    const number = load<i32>(table.slots + ((<usize>slot) << 2)) - 1;
    if (number < 0) return add(table, slot, value, bytes);
    if (isAt(table, number, value, bytes)) {
      table.latest = number;
      return number;
    }
    slot = (slot + 1) & table.lastSlot;
  }
  return NOT_KNOWN;
}

function isAt(table: Values, number: i32, value: usize, bytes: usize): bool {
  const place = table.starts + ((<usize>number) << 2);
  const start = <usize>load<u32>(place);
  return <usize>load<u32>(place, 4) - start === bytes && sameBytes(start, value, bytes);
}

function add(table: Values, slot: i32, value: usize, bytes: usize): i32 {
  const number = table.count;
  const place = table.starts + ((<usize>number) << 2);
  const start = <usize>load<u32>(place);
  if (number === table.most || start + bytes > table.textsEnd) return NOT_KNOWN;
  memory.copy(start, value, bytes);
  store<u32>(place, <u32>(start + bytes), 4);
  table.count = number + 1;
  store<i32>(table.slots + ((<usize>slot) << 2), table.count);
  table.latest = number;
  return number;
}
