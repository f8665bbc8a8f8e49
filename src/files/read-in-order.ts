import type { AppendFile, Span } from './append-file.ts';

const WINDOW_BYTES = 1 << 18;

/**
 * Reads pieces that are asked for in their order and lie close together: many small ones at once. What is behind a piece has to be
 * written by then. A piece is gone when the next one is asked for.
 */
export function readInOrder(file: Pick<AppendFile, 'read' | 'sizeBytes'>): (span: Span) => Buffer {
  const room = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  let start = 0;
  let window: Buffer = room.subarray(0, 0);
  return ({ offset, length }) => {
    if (offset < start || offset + length > start + window.length) {
      start = offset;
      const ahead = Math.min(WINDOW_BYTES, file.sizeBytes() - offset);
      window = file.read({ offset, length: Math.max(length, ahead) }, room);
    }
    return window.subarray(offset - start, offset - start + length);
  };
}
