import type { AppendFile, Span } from '../files/append-file.ts';

const LONGEST_COPY_BYTES = 1 << 20;
/** Room for the last piece of a copy, which goes beyond it. */
const SPARE_BYTES = 1 << 17;

/**
 * Copies the pieces of one file that are kept into another, neighbours in one go: after settling, few rows of
 * many are taken out, and the rest is moved in large blocks of whole rows.
 * @param recode for bytes that are to arrive as others
 */
export function openKeptCopy(
  from: AppendFile,
  to: AppendFile,
  recode: (bytes: Buffer) => Buffer = (bytes) => bytes,
): { keep(span: Span): void; end(): void } {
  const block = Buffer.allocUnsafe(LONGEST_COPY_BYTES + SPARE_BYTES);
  let start = 0;
  let length = 0;

  function end(): void {
    if (length > 0) to.append(recode(from.read({ offset: start, length }, block)));
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
