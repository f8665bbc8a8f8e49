import type { Span } from '../files/append-file.ts';

const LONGEST_COPY_BYTES = 1 << 20;

/**
 * Puts pieces of a file that are kept together where they are neighbours: after settling, few rows of many are taken out, and
 * the rest is moved in large blocks of whole rows.
 * @param copy told where they stand
 */
export function openKeptCopy(copy: (span: Span) => void): { keep(span: Span): void; end(): void } {
  let start = 0;
  let length = 0;

  function end(): void {
    if (length > 0) copy({ offset: start, length });
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
