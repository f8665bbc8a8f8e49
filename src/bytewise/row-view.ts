/**
 * Bytewise: values taken over as the bytes that they are.
 *
 * in:       rows as bytes, and for each target field what its ordinary form makes of a value
 * out:      lines of the outbound file, as bytes
 * promises: the very bytes that the ordinary forms give; where that is not certain, no line at all, so that the row is
 *           judged by them
 * never:    decides what a value means: it asks the ordinary form, and remembers its answer
 */

/** One row among its batch. Valid until the next row is looked at. */
export interface RowView {
  /** The values in UTF-8, one byte between them that none of them has. */
  bytes: Buffer;
  /** Where the value of each column begins and ends in `bytes`. */
  starts: Int32Array;
  ends: Int32Array;
  /** The number of the value among those of its column that are remembered; NOT_KNOWN where it is not. */
  numbers: Int32Array;
  /** Values as text, for ordinary forms: current are those of the columns that were read for this row. */
  texts: string[];
}

export const NOT_KNOWN = -1;

export function openRowView(columns: number): RowView {
  return {
    bytes: Buffer.alloc(0),
    starts: new Int32Array(columns),
    ends: new Int32Array(columns),
    numbers: new Int32Array(columns).fill(NOT_KNOWN),
    texts: new Array<string>(columns).fill(''),
  };
}

/** Places the view on a row whose values end at `ends`, `columns` of them from `base` on. */
export function placeView(view: RowView, begin: number, ends: Uint32Array, base: number): void {
  const { starts, ends: own } = view;
  let start = begin;
  for (let column = 0; column < own.length; column++) {
    const end = ends[base + column] ?? start;
    starts[column] = start;
    own[column] = end;
    start = end + 1;
  }
}
