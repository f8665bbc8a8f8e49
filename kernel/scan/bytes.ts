/** The bytes that mean something, and sixteen bytes as sixteen bits. */

export const LF: u8 = 0x0a;
export const CR: u8 = 0x0d;
/** Between values; a file that has this byte itself is not scanned. */
export const SEPARATOR: u8 = 0x1f;

/** Which of the sixteen bytes from there on are quotes, CR or LF. */
export function stopsAt(at: usize, quote: u8): i32 {
  const block = v128.load(at);
  const ends = v128.or(i8x16.eq(block, i8x16.splat(LF)), i8x16.eq(block, i8x16.splat(CR)));
  return i8x16.bitmask(v128.or(ends, i8x16.eq(block, i8x16.splat(quote))));
}

/** Bits below the lowest one; all where there is none. */
export function belowLowest(bits: i32): i32 {
  return (bits & -bits) - 1;
}

export function withoutLowest(bits: i32): i32 {
  return bits & (bits - 1);
}
