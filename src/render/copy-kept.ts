import type { AppendFile, Span } from '../files/append-file.ts';

const LONGEST_COPY_BYTES = 1 << 20;

/**
 * Copies the pieces of one file that are kept into another, neighbours in one go: after settling, few rows of
 * many are taken out, and the rest is moved in large blocks.
 */
export function openKeptCopy(from: AppendFile, to: AppendFile): { keep(span: Span): void; end(): void } {
  let start = 0;
  let length = 0;

  function end(): void {
    for (let at = 0; at < length; at += LONGEST_COPY_BYTES) {
      to.append(from.read({ offset: start + at, length: Math.min(LONGEST_COPY_BYTES, length - at) }));
    }
    length = 0;
  }

  return {
    end,
    keep(span) {
      if (span.length === 0) return;
      if (length > 0 && start + length === span.offset) {
        length += span.length;
        if (length >= LONGEST_COPY_BYTES) end();
        return;
      }
      end();
      start = span.offset;
      length = span.length;
    },
  };
}
