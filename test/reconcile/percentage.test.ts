import { expect } from 'chai';
import fc from 'fast-check';
import { describeValue, exceeds } from '../../src/reconcile/percentage.ts';

describe('reconcile/percentage', () => {
  const table: [count: number, base: number, limit: string | number, value: string, breached: boolean][] = [
    [0, 100, '5%', '0%', false],
    [5, 100, '5%', '5%', false],
    [6, 100, '5%', '6%', true],
    [4, 1000, '5%', '0.4%', false],
    [1, 3, '50%', '33.3%', false],
    [2, 3, '50%', '66.7%', true],
    [50_001, 1_000_000, '5%', '5.0001%', true],
    [49_999, 1_000_000, '5%', '4.9999%', false],
    [1, 10_000_000, '5%', '0.00001%', false],
    [29, 10_000, '0.25%', '0.3%', true],
    [25, 10_000, '0.25%', '0.25%', false],
    [24, 10_000, '0.25%', '0.2%', false],
    [300, 100, '100%', '300%', true],
    [0, 0, '0%', '0%', false],
    [1, 1_000, '0%', '0.1%', true],
    [12, 5000, 12, '12', false],
    [13, 5000, 12, '13', true],
    [7, 100, '7.00%', '7%', false],
  ];
  for (const [count, base, limit, value, breached] of table) {
    it(`${count} of ${base} against ${limit} is ${value}, ${breached ? 'a breach' : 'no breach'}`, () => {
      expect(describeValue(count, base, limit)).to.equal(value);
      expect(exceeds(count, base, limit)).to.equal(breached);
    });
  }

  it('is exact where floating point is not', () => {
    // 0.07 * 100 is 7.000000000000001 in floating point.
    expect(exceeds(7, 100, '7%')).to.equal(false);
    expect(exceeds(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, '100%')).to.equal(true);
  });

  it('shows a value that stands on the same side of the limit as the exact one', () => {
    const hundredths = fc.nat(20_000).map((units) => ({
      units,
      limit: `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}%`,
    }));
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 1_000_000 }),
        hundredths,
        (count, base, { units, limit }) => {
          const exact = BigInt(count) * 10_000n - BigInt(units) * BigInt(base);
          expect(exceeds(count, base, limit)).to.equal(exact > 0n);
          const shown = describeValue(count, base, limit);
          expect(shown).to.match(/^\d+(\.\d*[1-9])?%$/);
          const side = Math.sign(Number.parseFloat(shown) - units / 100);
          expect(side).to.equal(Math.sign(Number(exact)));
        },
      ),
    );
  });
});
