/**
 * Where a byte stands among others, ascending. The platform looks for it: a loop of our own runs once a night, and is over before it is
 * compiled, so that a million places take it thirty times as long.
 */
export function* placesOf(bytes: Uint8Array, byte: number): Generator<number> {
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) yield at;
}
