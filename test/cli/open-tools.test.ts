import { expect } from 'chai';
import { newSuffix } from '../../src/cli/open-tools.ts';

describe('newSuffix', () => {
  it('has six characters that sort by the millisecond', () => {
    const second = Date.UTC(2026, 10, 22, 9, 30);
    const suffixes = [0, 1, 15, 16, 255, 256, 998, 999].map((ms) => newSuffix(second + ms));
    expect(suffixes).to.deep.equal(suffixes.toSorted());
    for (const suffix of suffixes) expect(suffix).to.match(/^[0-9a-f]{6}$/);
  });

  it('differs within one millisecond', () => {
    const made = new Set(Array.from({ length: 20 }, () => newSuffix(0)));
    expect(made.size).to.be.greaterThan(10);
  });
});
