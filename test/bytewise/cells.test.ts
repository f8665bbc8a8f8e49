import { expect } from 'chai';
import { WHITE_SPACE } from '../builders/white-space.ts';
import { cellOf, cellsOf } from './a-line.ts';

/** One more than are remembered of a column. */
const MANY = 16_385;

describe('bytewise: cells', () => {
  it('are copied where nothing is done to the value, and any other is asked about', () => {
    const asked: string[] = [];
    const carry = (value: string) => (value.includes('"') ? `<${value}>` : value);
    const textOf = ([value = '']: readonly string[]) => {
      asked.push(value);
      return carry(value);
    };
    const plain = ['Lee', 'Núñez', '李', '😀', 'a b', '-1', 'x'.repeat(500)];
    const cell = cellOf(carry, { forms: [], textOf });
    expect(cellsOf(cell, [...plain, 'a"b', 'Lee'])).to.deep.equal([...plain, '<a"b>', 'Lee']);
    expect(asked).to.deep.equal(['a"b']);
  });

  it('are asked about where white space of any kind is in front, which may be a blank or hide the sign of a formula', () => {
    const carry = (value: string) =>
      value.trim() === '' ? 'none' : /^\s*[=\uff1d]/u.test(value) ? `'${value}` : value;
    const spaces = ['', ' ', ...WHITE_SPACE];
    const cell = cellOf(carry, { forms: [] });
    expect(cellsOf(cell, [...spaces, ...spaces])).to.deep.equal([...spaces, ...spaces].map(() => 'none'));
    const signs = spaces.map((space) => `${space}\uff1d1`);
    expect(cellsOf(cell, signs)).to.deep.equal(signs.map((sign) => `'${sign}`));
  });

  it('lose spaces by bytes, and white space of other kinds by asking', () => {
    const values = [
      '  Lee ',
      '\u00a0Lee',
      'Lee\u3000',
      '\tLee',
      'Lee \t ',
      ' é ',
      'é',
      '  ',
      ' \u00a0 ',
      '\ufeff',
    ];
    const cell = cellOf((value) => value.trim(), { forms: ['trim'] });
    expect(cellsOf(cell, values)).to.deep.equal(values.map((value) => value.trim()));
  });

  it('change their case by bytes, and that of other letters by asking', () => {
    const values = ['Ann@X.org', 'ÄRGER', 'İ', '', ' A '];
    const lower = cellOf((value) => value.toLowerCase(), { forms: ['lower'] });
    const carry = cellOf((value) => value, {
      forms: ['lower'],
      textOf: ([value = '']) => value.toLowerCase(),
    });
    expect(cellsOf({ ...lower, carry: carry.carry }, values)).to.deep.equal(
      values.map((value) => value.toLowerCase()),
    );
  });

  it('are asked about once for each value that is remembered, also where it is refused', () => {
    const asked: string[] = [];
    const textOf = ([value = '']: readonly string[]) => {
      asked.push(value);
      return value === 'bad' ? undefined : `(${value})`;
    };
    const made = cellsOf(
      cellOf((value) => value, { textOf }),
      ['A', 'bad', 'A', '', 'bad', 'B', ''],
    );
    expect(made).to.deep.equal(['(A)', undefined, '(A)', '()', undefined, '(B)', '()']);
    expect(asked).to.deep.equal(['A', 'bad', '', 'B']);
  });

  it('tell values apart that differ in a byte, of every length', () => {
    const values = Array.from({ length: 70 }, (_, length) => [
      'x'.repeat(length + 1),
      `${'x'.repeat(length)}y`,
      `y${'x'.repeat(length)}`,
      `${'x'.repeat(length)}\0`,
    ]).flat();
    const cell = cellOf((value) => `(${value})`);
    expect(cellsOf(cell, [...values, ...values])).to.deep.equal(
      [...values, ...values].map((value) => `(${value})`),
    );
  });

  it('are right of more values than are remembered, and of many long ones', () => {
    for (const length of [1, 16, 64]) {
      const values = Array.from({ length: MANY }, (_, at) => String(at).padStart(length, '0'));
      const made = cellsOf(
        cellOf((value) => `(${value})`),
        [...values, ...values.slice(0, 100)],
      );
      const wrong = made.findIndex((cell, at) => cell !== `(${values[at % MANY]})`);
      expect(wrong, `${length} letters`).to.equal(-1);
    }
  });

  it('of no column are the same in every row, and asked about once', () => {
    let asked = 0;
    const textOf = () => {
      asked++;
      return 'US';
    };
    expect(
      cellsOf(
        cellOf((value) => value, { columns: [], textOf }),
        ['a', 'b'],
      ),
    ).to.deep.equal(['US', 'US']);
    expect(asked).to.equal(1);
    const refused = cellOf((value) => value, { columns: [], textOf: () => undefined });
    expect(cellsOf(refused, ['a'])).to.deep.equal([undefined]);
  });

  it('of several columns are asked about with the values of the row', () => {
    const textOf = ([one, other]: readonly string[]) => `${one}-${other}`;
    expect(
      cellsOf(
        cellOf((value) => value, { columns: [0, 1], textOf }),
        ['a', 'é'],
      ),
    ).to.deep.equal(['a-x', 'é-x']);
  });

  it('are no longer than a line may be, to the byte, whether they are remembered or not', () => {
    const longest = (1 << 18) - 1;
    const fits = 'x'.repeat(longest);
    const forms = [
      cellOf(() => fits),
      cellOf(() => fits, { columns: [0, 1] }),
      cellOf(() => `${fits}x`),
      cellOf(() => `${fits}x`, { columns: [0, 1] }),
      cellOf(() => `${'é'.repeat((longest + 1) / 2 - 1)}x`),
      cellOf(() => 'é'.repeat((longest + 1) / 2)),
    ];
    const made = forms.map((form) => cellsOf(form, ['a', 'a']).map((cell) => cell?.length));
    expect(made).to.deep.equal([
      [longest, longest],
      [longest, longest],
      [undefined, undefined],
      [undefined, undefined],
      [(longest + 1) / 2, (longest + 1) / 2],
      [undefined, undefined],
    ]);
  });
});
