/** Bytes of UTF-8 that may be white space, or hide some. */

export const SPACE: u8 = 0x20;
export const ASCII_END: u8 = 0x80;
/** A byte within a character looks like this. */
const WITHIN_MASK: u8 = 0xc0;
const WITHIN: u8 = 0x80;

/** Of ASCII: space, tab, and all that ends a line. */
export function isSpace(byte: u8): bool {
  return byte === SPACE || (byte >= 0x09 && byte <= 0x0d);
}

/**
 * First bytes of characters that mean something in front of a value: white space beyond ASCII, which may be all of a blank or
 * stand before the sign of a formula, full-width signs of formulas, and the byte order mark.
 */
export function meansMore(first: u8): bool {
  return first === 0xc2 || first === 0xe1 || first === 0xe2 || first === 0xe3 || first === 0xef;
}

/** The first byte of the character that ends there. */
export function lastCharacter(from: usize, end: usize): u8 {
  let at = end - 1;
  while (at > from && (load<u8>(at) & WITHIN_MASK) === WITHIN) at--;
  return load<u8>(at);
}
