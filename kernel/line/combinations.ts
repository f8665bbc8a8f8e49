/** What the host answered about combinations of remembered values, so that it is asked once about each. */
import { mixWord } from './bytes';
import { Combinations, UNKNOWN } from './plan';
import { NOT_KNOWN } from './values';

/** Numbers of values are smaller than this. */
const NUMBER_BITS: u64 = 16;
/** The combination, counted from 1 on so that none is 0, and the answer. */
const SLOT_BYTES: usize = 16;
const ANSWER_AT: usize = 8;

/** The slot of the row's combination, taken for it where it is new; 0 where there is none to remember it. */
export function slotOf(memory: Combinations, numbers: usize): usize {
  if (memory.columnCount < 0) return 0;
  let combination: u64 = 0;
  const columns = offsetof<Combinations>('column0') + changetype<usize>(memory);
  for (let at = 0; at < memory.columnCount; at++) {
    const column = <usize>load<i32>(columns + ((<usize>at) << 2));
    const number = load<i32>(numbers + (column << 2));
    if (number === NOT_KNOWN) return 0;
    combination = (combination << NUMBER_BITS) | <u64>number;
  }
  return placeOf(memory, combination + 1);
}

function placeOf(memory: Combinations, combination: u64): usize {
  let slot = <i32>(mixWord(combination, 0) >> 20) & memory.lastSlot;
  let place = memory.slots + <usize>slot * SLOT_BYTES;
  let known = load<u64>(place);
  while (known !== combination && known !== 0) {
    slot = (slot + 1) & memory.lastSlot;
    place = memory.slots + <usize>slot * SLOT_BYTES;
    known = load<u64>(place);
  }
  if (known === combination) return place;
  if (memory.room === 0) return 0;
  memory.room--;
  store<u64>(place, combination);
  return place;
}

export function answerAt(slot: usize): i32 {
  return slot === 0 ? UNKNOWN : load<i32>(slot, ANSWER_AT);
}

export function rememberAt(slot: usize, answer: i32): void {
  if (slot !== 0) store<i32>(slot, answer, ANSWER_AT);
}
