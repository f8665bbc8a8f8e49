/**
 * Bytewise: values taken over as the bytes that they are.
 *
 * in:       rows as bytes, and for each target field what its ordinary form makes of a value
 * out:      lines of the outbound file, as bytes
 * promises: the very bytes that the ordinary forms give; where that is not certain, no line at all, so that the row is
 *           judged by them
 * never:    decides what a value means: it asks the ordinary form, and remembers its answer
 */

/** The row that is looked at. */
export interface RowView {
  /** In these bytes its values lie, in UTF-8. */
  bytes: Buffer;
  startOf(column: number): number;
  endOf(column: number): number;
  /** The number of the value among those of its column that are remembered; NOT_KNOWN where it is not. */
  numberOf(column: number): number;
}

export const NOT_KNOWN = -1;
