import { expect } from 'chai';
import { type CellContext, compileCell, NO_CELL } from '../../src/bytewise/compile-cell.ts';
import { openTexts } from '../../src/bytewise/open-texts.ts';
import { WHITE_SPACE } from '../builders/white-space.ts';
import { cellOf, moveTo, rowOf, written } from './a-row.ts';

/** Of one column, whose values are remembered where that is asked for. */
function contextOf(
  remembered: readonly number[] = [],
): CellContext & { number: ReturnType<typeof openTexts>['number'] } {
  const { read, isRemembered, number } = openTexts(2, remembered);
  return { readTexts: read, isRemembered, number, isUtf8: true };
}

describe('bytewise/compile-cell', () => {
  it('copies a value that nothing is done to, and asks about any other', () => {
    const asked: string[] = [];
    const carry = (value: string) => (value.includes('"') ? `<${value}>` : value);
    const form = cellOf(carry, {
      forms: [],
      textOf: ([value = '']) => {
        asked.push(value);
        return carry(value);
      },
    });
    const write = compileCell(form, contextOf());
    for (const value of ['Lee', 'Núñez', '李', '😀', 'a b', '-1'])
      expect(written(write, rowOf(value)), value).to.equal(value);
    expect(asked).to.deep.equal([]);
    expect(written(write, rowOf('a"b'))).to.equal('<a"b>');
    expect(asked).to.deep.equal(['a"b']);
  });

  it('asks about white space of every kind in front, which may be a blank or hide the sign of a formula', () => {
    const carry = (value: string) =>
      value.trim() === '' ? 'none' : /^\s*[=\uff1d]/u.test(value) ? `'${value}` : value;
    const write = compileCell(cellOf(carry, { forms: [] }), contextOf());
    for (const space of ['', ' ', ...WHITE_SPACE]) {
      expect(written(write, rowOf(space)), JSON.stringify(space)).to.equal('none');
      expect(written(write, rowOf(`${space}\uff1d1`)), JSON.stringify(space)).to.equal(`'${space}\uff1d1`);
    }
  });

  it('takes the same room whether a value is remembered or not, to the byte', () => {
    const remembered = contextOf([0]);
    const view = rowOf('ab');
    for (const context of [contextOf(), remembered]) {
      const write = compileCell(
        cellOf((value) => `${value}é`),
        context,
      );
      remembered.number(view);
      for (const [bytes, end] of [
        [4, 4],
        [3, NO_CELL],
      ] as const)
        expect(write(view, Buffer.alloc(bytes), 0), `${bytes} bytes`).to.equal(end);
    }
  });

  it('takes spaces away by bytes, and white space of other kinds by asking', () => {
    const form = cellOf((value) => value.trim(), { forms: ['trim'] });
    const write = compileCell(form, contextOf());
    for (const value of ['  Lee ', '\u00a0Lee', 'Lee\u3000', '\tLee', 'Lee \t ', ' é ', 'é'])
      expect(written(write, rowOf(value)), value).to.equal(value.trim());
    for (const value of ['  ', ' \u00a0 ', '\ufeff']) expect(written(write, rowOf(value))).to.equal('');
  });

  it('asks once for each value that is remembered, also where it is refused', () => {
    const asked: string[] = [];
    const form = cellOf((value) => value, {
      textOf([value = '']) {
        asked.push(value);
        return value === 'bad' ? undefined : `(${value})`;
      },
    });
    const context = contextOf([0]);
    const write = compileCell(form, context);
    const view = rowOf('', '');
    const made = ['A', 'bad', 'A', '', 'bad', 'B', ''].map((value) => {
      moveTo(view, [value, 'x']);
      context.number(view);
      return written(write, view);
    });
    expect(made).to.deep.equal(['(A)', undefined, '(A)', '()', undefined, '(B)', '()']);
    expect(asked).to.deep.equal(['A', 'bad', '', 'B']);
  });

  it('remembers more values than it had places for at first', () => {
    const form = cellOf((value) => `(${value})`);
    const context = contextOf([0]);
    const write = compileCell(form, context);
    const view = rowOf('', '');
    for (const round of [1, 2])
      for (let at = 0; at < 1000; at++) {
        moveTo(view, [`v${at}`, '']);
        context.number(view);
        expect(written(write, view), `${round}`).to.equal(`(v${at})`);
      }
  });

  it('writes what no column has a say in without asking again', () => {
    let asked = 0;
    const form = cellOf((value) => value, {
      columns: [],
      textOf() {
        asked++;
        return 'US';
      },
    });
    const write = compileCell(form, contextOf());
    expect([written(write, rowOf('a')), written(write, rowOf('b'))]).to.deep.equal(['US', 'US']);
    expect(asked).to.equal(1);
    const refused = compileCell({ ...form, textOf: () => undefined }, contextOf());
    expect(written(refused, rowOf('a'))).to.equal(undefined);
  });

  it('hands on the columns of a field of several', () => {
    const form = cellOf((value) => value, { columns: [0, 1], textOf: ([one, other]) => `${one}-${other}` });
    expect(written(compileCell(form, contextOf()), rowOf('a', 'é'))).to.equal('a-é');
  });

  it('writes nothing where there is no room', () => {
    const forms = [
      cellOf((value) => value, { forms: [] }),
      cellOf((value) => value),
      cellOf(() => '12345678', { columns: [] }),
    ];
    for (const form of forms)
      expect(compileCell(form, contextOf())(rowOf('12345678', ''), Buffer.alloc(8), 1)).to.equal(-1);
  });
});
