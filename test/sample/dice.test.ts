import { expect } from 'chai';
import { PURPOSE, roll, shuffle, slotOf } from '../../src/sample/dice.ts';

const THOUSAND = Array.from({ length: 1000 }, (_, index) => index);

describe('dice', () => {
  it('rolls every side about as often', () => {
    const counts = Array(6).fill(0);
    for (let index = 0; index < 60_000; index++) counts[roll(11, PURPOSE.grade, index, 6)]++;
    for (const count of counts) expect(count).to.be.within(9_600, 10_400);
  });

  it('rolls differently for each purpose and seed', () => {
    const draws = (seed: number, purpose: 4 | 5) => THOUSAND.map((index) => roll(seed, purpose, index, 1000));
    const same = (left: number[], right: number[]) => left.filter((draw, at) => draw === right[at]).length;
    expect(same(draws(1, 4), draws(1, 5))).to.be.below(15);
    expect(same(draws(1, 4), draws(2, 4))).to.be.below(15);
    expect(draws(1, 4)).to.deep.equal(draws(1, 4));
  });

  it('takes every slot once in each thousand', () => {
    for (const first of [0, 7000])
      expect(new Set(THOUSAND.map((index) => slotOf(3, PURPOSE.flaw, first + index))).size).to.equal(1000);
  });

  it('shuffles without repeating', () => {
    for (const bits of [24, 30] as const) {
      const numbers = new Set(Array.from({ length: 50_000 }, (_, index) => shuffle(index, bits, 9)));
      expect(numbers.size).to.equal(50_000);
      expect(Math.max(...numbers)).to.be.below(2 ** bits);
      expect(Math.min(...numbers)).to.be.at.least(0);
    }
  });
});
