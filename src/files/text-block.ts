import type { Span } from './append-file.ts';

/** Texts in memory, one behind the other in UTF-8, to be put into a file together. */
export interface TextBlock {
  appendText(text: string): Span;
  append(bytes: Buffer): Span;
  /** What was appended since the last time; it is the caller's now. */
  take(): Buffer<ArrayBuffer>;
}

const FIRST_BYTES = 1 << 16;
/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;

export function openTextBlock(): TextBlock {
  let block = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let used = 0;
  function makeRoom(bytes: number): void {
    if (used + bytes > block.length) block = Buffer.concat([block], (used + bytes) * 2);
  }

  return {
    append(bytes) {
      makeRoom(bytes.length);
      const span = { offset: used, length: bytes.copy(block, used) };
      used += span.length;
      return span;
    },
    appendText(text) {
      makeRoom(text.length * LONGEST_CHARACTER_BYTES);
      const span = { offset: used, length: block.write(text, used) };
      used += span.length;
      return span;
    },
    take() {
      const whole = Buffer.allocUnsafeSlow(used);
      block.copy(whole, 0, 0, used);
      used = 0;
      return whole;
    },
  };
}
