import { expect } from 'chai';
import fc from 'fast-check';
import { patternsOverlap } from '../../src/config/overlap-patterns.ts';

const PAIRS: readonly [left: string, right: string, overlap: boolean][] = [
  ['students*.csv', '*.csv', true],
  ['students*.csv', 'contacts*.csv', false],
  ['a*c', 'ab*', true],
  ['north_*.csv', 'south_*.csv', false],
  ['*', 'x', true],
  ['*', '*', true],
  ['a', 'a', true],
  ['a', 'b', false],
  ['a*', '', false],
  ['*', '', true],
  ['*a*', 'bbb*', true],
  ['*.csv', '*.txt', false],
];

const NAMES = ['', 'a', 'b'].flatMap((x) =>
  ['', 'a', 'b'].flatMap((y) => ['', 'a', 'b'].flatMap((z) => ['', 'a', 'b'].map((w) => x + y + z + w))),
);

function fits(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
}

describe('config/overlap-patterns', () => {
  for (const [left, right, overlap] of PAIRS) {
    it(`${left} and ${right} ${overlap ? 'share' : 'share no'} names`, () => {
      expect(patternsOverlap(left, right)).to.equal(overlap);
      expect(patternsOverlap(right, left)).to.equal(overlap);
    });
  }

  it('agrees with trying every short name', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*'), { maxLength: 2 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const shared = NAMES.some((name) => fits(left, name) && fits(right, name));
        expect(patternsOverlap(left, right)).to.equal(shared);
      }),
    );
  });
});
