import { expect } from 'chai';
import fc from 'fast-check';
import { openBlockIndex } from '../../src/compare/block-index.ts';

describe('openBlockIndex', () => {
  it('has what a list a key would have', () => {
    const entry = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 99 }));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const index = openBlockIndex();
        for (const [key, member] of entries) index.add(key, member);
        for (const key of ['a', 'b', 'c', 'd']) {
          const expected = entries.filter(([one]) => one === key).map(([, member]) => member);
          const found: number[] = [];
          index.visit(key, (member) => found.push(member));
          expect(found.toReversed()).to.deep.equal(expected);
          expect(index.size(key)).to.equal(expected.length);
        }
      }),
    );
  });

  it('grows past its first room', () => {
    const index = openBlockIndex();
    for (let member = 0; member < 5_000; member++) index.add(`k${member % 7}`, member);
    let sum = 0;
    for (let key = 0; key < 7; key++) index.visit(`k${key}`, (member) => (sum += member));
    expect(sum).to.equal((4_999 * 5_000) / 2);
  });
});
