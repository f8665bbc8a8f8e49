import { expect } from 'chai';
import fc from 'fast-check';
import { editDistance, isOneSlip } from '../../src/likeness/distance.ts';

describe('isOneSlip', () => {
  for (const [one, other, slip] of [
    ['garcia', 'garcia', false],
    ['garcia', 'garzia', true],
    ['garcia', 'garca', true],
    ['garcia', 'garrcia', true],
    ['brian', 'brain', true],
    ['ab', 'ba', true],
    ['brian', 'rbain', false],
    ['brian', 'nairb', false],
    ['garcia', 'gracai', false],
    ['', 'a', true],
    ['', '', false],
    ['smith', 'smythe', false],
  ] as const)
    it(`"${one}" and "${other}": ${slip}`, () => {
      expect(isOneSlip(one, other)).to.equal(slip);
      expect(isOneSlip(other, one)).to.equal(slip);
    });

  it('is an edit or an exchange of neighbours, in either order', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isOneSlip(one, other)).to.equal(isOneSlip(other, one));
        if (isOneSlip(one, other)) expect(editDistance(one, other)).to.be.within(1, 2);
        else expect(editDistance(one, other)).to.not.equal(1);
      }),
    );
  });
});

describe('editDistance', () => {
  it('counts no edits of what is no word', () => {
    const [long, other] = ['ab'.repeat(400_000), 'ba'.repeat(400_000)];
    const startMs = performance.now();
    expect([editDistance(long, other), editDistance(long, `${long}`), isOneSlip(long, other)]).to.deep.equal([
      800_000,
      0,
      false,
    ]);
    expect(performance.now() - startMs).to.be.below(5000);
  });
});
