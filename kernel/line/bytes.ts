/** Small pieces of bytes, eight and sixteen at a time: behind every region some may be read and written in vain. */
import { STEP } from './plan';

const WORD: usize = 8;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** The first `bytes` of a word, at most 8. */
function firstOf(word: u64, bytes: usize): u64 {
  return bytes === 0 ? 0 : word & (u64.MAX_VALUE >> ((<u64>(WORD - bytes)) << 3));
}

export function sameBytes(one: usize, other: usize, bytes: usize): bool {
  for (; bytes > WORD; bytes -= WORD, one += WORD, other += WORD)
    if (load<u64>(one) !== load<u64>(other)) return false;
  return firstOf(load<u64>(one) ^ load<u64>(other), bytes) === 0;
}

export function mixWord(mixed: u64, word: u64): u64 {
  const product = (mixed ^ word) * FACTOR;
  return product ^ (product >> 29);
}

/** Spread over 32 bits. */
export function mix(from: usize, bytes: usize): i32 {
  let mixed: u64 = bytes;
  for (; bytes > WORD; bytes -= WORD, from += WORD) mixed = mixWord(mixed, load<u64>(from));
  mixed = mixWord(mixed, firstOf(load<u64>(from), bytes)) * FACTOR;
  return <i32>(mixed >> 32);
}

/** Writes up to a step too much. */
export function copy(to: usize, from: usize, bytes: usize): usize {
  const end = to + bytes;
  for (let at = to; at < end; at += STEP, from += STEP) v128.store(at, v128.load(from));
  return end;
}
