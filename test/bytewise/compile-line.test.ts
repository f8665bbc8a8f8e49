import { expect } from 'chai';
import { compileLine, type LineForm } from '../../src/bytewise/compile-line.ts';
import { cellOf, rowOf, written } from './a-row.ts';

const COPIED = (column: number) =>
  cellOf((value) => value, { columns: [column], forms: [], textOf: (values) => values[column] });
const PLAIN: LineForm = { cells: [COPIED(1), COPIED(0)], delimiter: ',', lineEnd: '\r\n', isUtf8: true };

function lineOf(form: LineForm, ...values: readonly string[]): string | undefined {
  const { write, texts } = compileLine(form, values.length, []);
  const view = rowOf(...values);
  texts.number(view);
  return written(write, view);
}

describe('bytewise/compile-line', () => {
  it('puts the delimiter between cells and the line end behind them', () => {
    expect(lineOf(PLAIN, 'a', 'b')).to.equal('b,a\r\n');
    expect(lineOf(PLAIN, '', '')).to.equal(',\r\n');
    expect(lineOf({ ...PLAIN, delimiter: '§', lineEnd: '\n' }, 'é', 'b')).to.equal('b§é\n');
  });

  it('writes no line where a cell is refused, or there is no room', () => {
    const refused = cellOf((value) => (value === 'bad' ? undefined : value));
    expect(lineOf({ ...PLAIN, cells: [COPIED(1), refused] }, 'bad', 'b')).to.equal(undefined);
    const { write } = compileLine(PLAIN, 2, []);
    for (const room of [1, 2, 3, 4]) expect(write(rowOf('a', 'b'), Buffer.alloc(room), 0)).to.equal(-1);
    expect(write(rowOf('a', 'b'), Buffer.alloc(5), 0)).to.equal(5);
  });

  it('sees a delimiter of several bytes within a value', () => {
    for (const delimiter of ['§', '–']) {
      const carry = (value: string) => (value.includes(delimiter) ? `"${value}"` : value);
      const cell = cellOf(carry, { forms: [] });
      const form = { ...PLAIN, delimiter, cells: [cell, cell] };
      expect(lineOf(form, `a${delimiter}b`)).to.equal(`"a${delimiter}b"${delimiter}"a${delimiter}b"\r\n`);
    }
  });

  it('remembers the values of columns that something is made of, and those that are read for every row', () => {
    const made = cellOf((value) => value, { columns: [2] });
    const several = cellOf((value) => value, { columns: [3, 4] });
    const { texts } = compileLine({ ...PLAIN, cells: [COPIED(0), made, several] }, 6, [5]);
    expect([0, 1, 2, 3, 4, 5].map(texts.isRemembered)).to.deep.equal([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});
