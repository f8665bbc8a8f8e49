import { expect } from 'chai';
import fc from 'fast-check';
import { compileCondition } from '../../src/conditions/compile-condition.ts';
import { conditionSchema } from '../../src/conditions/schema.ts';
import type { ColumnFinder } from '../../src/vocabulary/row.ts';

const HEADER = ['A', 'B', 'Day'];
const find: ColumnFinder = (ref) => {
  const name = [ref].flat().find((one) => HEADER.includes(one)) ?? '';
  const at = HEADER.indexOf(name);
  return (values) => values[at] ?? '';
};

function asks(written: unknown, values: readonly string[], dateFormats?: readonly string[]): boolean {
  const context = { usedBy: 'test', today: '2026-11-22', ...(dateFormats ? { dateFormats } : {}) };
  return compileCondition(conditionSchema.parse(written), find, context)(values);
}

describe('compileCondition', () => {
  for (const [written, values, holds] of [
    [{ column: 'A', is: 'Y' }, ['Y'], true],
    [{ column: 'A', is: 'Y' }, ['  Y '], true],
    [{ column: 'A', is: ' Y' }, ['Y'], true],
    [{ column: 'A', is: 'Y' }, ['y'], false],
    [{ column: 'A', is: 'y', ignore_case: true }, ['Y'], true],
    [{ column: 'A', is: '' }, ['   '], true],
    [{ column: 'A', is: 0 }, ['0'], true],
    [{ column: 'A', is: 0 }, ['00'], false],
    [{ column: ['X', 'B'], is: 'b' }, ['a', 'b'], true],
    [{ column: 'A', in: ['1', '2'] }, ['2'], true],
    [{ column: 'A', in: ['1', '2'] }, ['12'], false],
    [{ column: 'A', in: ['ab'], ignore_case: true }, ['AB'], true],
    [{ column: 'A', empty: true }, [' \t'], true],
    [{ column: 'A', empty: true }, ['x'], false],
    [{ column: 'A', empty: false }, ['x'], true],
    [{ column: 'A', empty: false }, [''], false],
    [{ column: 'A', matches: 'a|b' }, ['b'], true],
    [{ column: 'A', matches: 'a|b' }, ['ab'], false],
    [{ column: 'A', matches: '\\d{3}' }, [' 123 '], true],
    [{ column: 'A', matches: '\\d{3}' }, ['1234'], false],
    [{ column: 'A', matches: '\\p{Lu}.*' }, ['Émile'], true],
    [{ column: 'A', matches: 'x', ignore_case: true }, ['X'], true],
    [{ column: 'A', is: 'x', in: ['x', 'y'] }, ['x'], true],
    [{ column: 'A', in: ['x', 'y'], matches: 'y' }, ['x'], false],
    [
      {
        all: [
          { column: 'A', is: 'a' },
          { column: 'B', is: 'b' },
        ],
      },
      ['a', 'b'],
      true,
    ],
    [
      {
        all: [
          { column: 'A', is: 'a' },
          { column: 'B', is: 'b' },
        ],
      },
      ['a', 'c'],
      false,
    ],
    [
      {
        any: [
          { column: 'A', is: 'a' },
          { column: 'B', is: 'b' },
        ],
      },
      ['z', 'b'],
      true,
    ],
    [
      {
        any: [
          { column: 'A', is: 'a' },
          { column: 'B', is: 'b' },
        ],
      },
      ['z', 'z'],
      false,
    ],
    [{ not: { column: 'A', is: 'a' } }, ['b'], true],
  ] as const)
    it(`${holds ? 'holds' : 'does not hold'}: ${JSON.stringify(written)} of ${JSON.stringify(values)}`, () => {
      expect(asks(written, values)).to.equal(holds);
    });

  for (const [test, day, holds] of [
    [{ before: 'today' }, '2026-11-21', true],
    [{ before: 'today' }, '2026-11-22', false],
    [{ after: 'today' }, '2026-11-22', false],
    [{ after: 'today' }, '11/23/2026', true],
    [{ after: 'today' }, ' 2026-11-23 ', true],
    [{ before: '2026-09-01' }, '8/31/2026', true],
    [{ before: 'today' }, '', false],
    [{ after: 'today' }, '', false],
    [{ before: 'today' }, '2/30/2020', false],
    [{ after: '2000-01-01' }, '2/30/2020', false],
    [{ after: '2000-01-01' }, 'soon', false],
    [{ before: 'today', format: 'd.M.yyyy' }, '1.2.2026', true],
    [{ before: 'today', format: 'd.M.yyyy' }, '2026-02-01', false],
    [{ after: '2026-01-01', before: '2026-12-31' }, '2026-06-01', true],
    [{ after: '2026-01-01', before: '2026-12-31' }, '2027-06-01', false],
  ] as const)
    it(`${holds ? 'holds' : 'does not hold'}: ${JSON.stringify(test)} of "${day}"`, () => {
      expect(asks({ column: 'Day', ...test }, ['', '', day])).to.equal(holds);
    });

  it("tries the file's own date formats first", () => {
    const test = { column: 'Day', before: '2026-03-01' };
    expect(asks(test, ['', '', '4/2/2026'])).to.equal(false);
    expect(asks(test, ['', '', '4/2/2026'], ['d/M/yyyy'])).to.equal(true);
    expect(asks(test, ['', '', '2026-02-04'], ['d/M/yyyy'])).to.equal(true);
  });

  it('names who asks for a column', () => {
    const asked: string[] = [];
    const note: ColumnFinder = (ref, usedBy) => {
      asked.push(`${String(ref)} for ${usedBy}`);
      return () => '';
    };
    const condition = conditionSchema.parse({
      any: [{ column: 'A', is: 1 }, { not: { column: 'B', empty: true } }],
    });
    compileCondition(condition, note, { usedBy: 'eligibility.categories.future', today: '2026-11-22' });
    expect(asked).to.deep.equal([
      'A for eligibility.categories.future',
      'B for eligibility.categories.future',
    ]);
  });

  it('is the opposite of its negation, and a group of one is that one', () => {
    const values = fc.tuple(fc.string(), fc.string(), fc.string());
    const test = fc.constantFrom<unknown>(
      { column: 'A', empty: true },
      { column: 'A', matches: '[a-m].*' },
      { column: 'B', in: ['', 'a', 'b'] },
      { column: 'Day', after: '2020-01-01' },
    );
    fc.assert(
      fc.property(test, values, (one, row) => {
        const holds = asks(one, row);
        expect(asks({ not: one }, row)).to.equal(!holds);
        expect(asks({ all: [one] }, row)).to.equal(holds);
        expect(asks({ any: [one] }, row)).to.equal(holds);
      }),
    );
  });
});
