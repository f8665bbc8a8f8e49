/** Small pieces of bytes, 16 at a time: behind every region some may be read and written in vain. */
import { STEP } from './plan';

const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** The first `bytes` of 16, at most all; zeros behind them. */
export function start16(from: usize, bytes: usize): v128 {
  const all = v128.load(from);
  if (bytes >= STEP) return all;
  const wanted = i8x16.lt_u(
    v128(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
    i8x16.splat(<i8>bytes),
  );
  return v128.and(all, wanted);
}

export function sameBytes(one: usize, other: usize, bytes: usize): bool {
  for (; bytes > STEP; bytes -= STEP, one += STEP, other += STEP)
    if (v128.any_true(v128.xor(v128.load(one), v128.load(other)))) return false;
  return !v128.any_true(v128.xor(start16(one, bytes), start16(other, bytes)));
}

export function mixWord(mixed: u64, word: u64): u64 {
  const product = (mixed ^ word) * FACTOR;
  return product ^ (product >> 29);
}

/** Writes up to a step too much. */
export function copy(to: usize, from: usize, bytes: usize): usize {
  const end = to + bytes;
  for (let at = to; at < end; at += STEP, from += STEP) v128.store(at, v128.load(from));
  return end;
}
