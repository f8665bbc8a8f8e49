import type { CellForm, CellWriter } from '../../src/bytewise/compile-cell.ts';
import { openRowView, placeView, type RowView } from '../../src/bytewise/row-view.ts';

/** A view of one row, as it lies among others. */
export function rowOf(...values: readonly string[]): RowView {
  const view = openRowView(values.length);
  moveTo(view, values);
  return view;
}

/** Puts the same view on another row. */
export function moveTo(view: RowView, values: readonly string[]): void {
  const before = 'the row before';
  view.bytes = Buffer.from(before + values.join('\u001f'));
  let end = Buffer.byteLength(before) - 1;
  const ends = values.map((value) => {
    end += 1 + Buffer.byteLength(value);
    return end;
  });
  placeView(view, Buffer.byteLength(before), Uint32Array.from([0, ...ends]), 1);
}

/** A cell of one column whose ordinary form is `carry`; blanks become `blank`. */
export function cellOf(carry: (value: string) => string | undefined, some: Partial<CellForm> = {}): CellForm {
  return { columns: [0], forms: undefined, carry, textOf: ([value = '']) => carry(value), ...some };
}

const ROOM = 4096;

/** What is written of a row; undefined where nothing is. */
export function written(write: CellWriter, view: RowView): string | undefined {
  const out = Buffer.alloc(ROOM);
  const end = write(view, out, 1);
  return end < 0 ? undefined : out.toString('utf8', 1, end);
}
