import type { KernelMemory } from './regions.ts';
import { PIECE_AT } from './structures.ts';

/** Bytes that are kept for later rows, one behind the other. */
export interface Pieces {
  /** Where it lies; 0 where there is no room any more. */
  add(piece: string | Uint8Array): number;
  /** Room for so many bytes, and where it begins; the same 0. */
  take(bytes: number): number;
}

const ALIGNMENT = 4;

/** @param end of the region that begins at `start` */
export function openPieces({ bytes, numbers }: KernelMemory, start: number, end: number): Pieces {
  let next = start;

  function take(length: number): number {
    const at = next;
    if (at + length > end) return 0;
    next = Math.ceil((at + length) / ALIGNMENT) * ALIGNMENT;
    return at;
  }

  return {
    take,
    add(piece) {
      const length = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
      const at = take(PIECE_AT + length);
      if (at === 0) return 0;
      numbers[at / ALIGNMENT] = length;
      if (typeof piece === 'string') bytes.write(piece, at + PIECE_AT);
      else bytes.set(piece, at + PIECE_AT);
      return at;
    },
  };
}
