import type { LaidOut } from './lay-out.ts';
import { NUMBER_BYTES } from './regions.ts';
import { NOT_KNOWN, type RowView } from './row-view.ts';
import { PLAN } from './structures.ts';

/** The row that the kernel looks at, or on which somebody who asks later placed the view. */
export interface PlacedView extends RowView {
  /** Among the rows that were looked at last, counted from 0. */
  place(index: number): void;
}

export function openRowView({ memory, at, columns }: LaidOut): PlacedView {
  const { numbers } = memory;
  const values = PLAN.wordOf('values', at.plan);
  const rowBegin = PLAN.wordOf('rowBegin', at.plan);
  const rowEnds = PLAN.wordOf('rowEnds', at.plan);
  const rowNumbers = PLAN.wordOf('rowNumbers', at.plan);
  const numberAt = (word: number) => numbers[word] ?? 0;
  const inRow = (region: number, column: number) => numbers[numberAt(region) / NUMBER_BYTES + column];
  const endOf = (column: number) => numberAt(values) + (inRow(rowEnds, column) ?? 0);
  const beginOfRow = () => numberAt(values) + numberAt(rowBegin);
  return {
    bytes: memory.bytes,
    endOf,
    startOf: (column) => (column === 0 ? beginOfRow() : endOf(column - 1) + 1),
    numberOf: (column) => inRow(rowNumbers, column) ?? NOT_KNOWN,
    place(index) {
      const row = index * columns * NUMBER_BYTES;
      numbers[rowBegin] = numberAt(at.begins / NUMBER_BYTES + index);
      numbers[rowEnds] = at.fieldEnds + row;
      numbers[rowNumbers] = at.numbers + row;
    },
  };
}
