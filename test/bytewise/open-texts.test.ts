import { expect } from 'chai';
import { openTexts } from '../../src/bytewise/open-texts.ts';
import { NOT_KNOWN, type RowView } from '../../src/bytewise/row-view.ts';

/** A row of values, with the numbers that they have. */
function viewOf(row: { values: readonly string[]; numbers: readonly number[] }): RowView & { reads: number } {
  const view = {
    reads: 0,
    get bytes() {
      view.reads++;
      return Buffer.from(row.values.join('\u001f'));
    },
    startOf: (column: number) =>
      Buffer.byteLength(row.values.slice(0, column).join('\u001f')) + (column > 0 ? 1 : 0),
    endOf: (column: number) => Buffer.byteLength(row.values.slice(0, column + 1).join('\u001f')),
    numberOf: (column: number) => row.numbers[column] ?? NOT_KNOWN,
  };
  return view;
}

describe('bytewise/open-texts', () => {
  it('reads the columns that are asked for, and no others', () => {
    const texts = openTexts(viewOf({ values: ['a', 'é', 'c'], numbers: [] }), 3);
    expect(texts.read([1])).to.deep.equal(['', 'é', '']);
    expect(texts.read(undefined)).to.deep.equal(['a', 'é', 'c']);
  });

  it('makes a text once of each value that has a number', () => {
    const row = { values: ['A', 'x'], numbers: [0] };
    const view = viewOf(row);
    const texts = openTexts(view, 2);
    for (const [values, number] of [
      [['A', 'x'], 0],
      [['B', ''], 1],
      [['A', 'y'], 0],
      [['', ''], 2],
      [['\ufeffA', ' '], NOT_KNOWN],
      [['B', '😀'], 1],
    ] as const) {
      Object.assign(row, { values, numbers: [number] });
      expect(texts.read(undefined)).to.deep.equal(values);
    }
    expect(view.reads).to.equal(7);
  });
});
