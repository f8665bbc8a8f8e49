import { expect } from 'chai';
import fc from 'fast-check';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/transliterate', () => {
  it('leaves letters, apostrophes, hyphens and spaces alone, and nothing else', () => {
    const step = codeOf('transliterate');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(step(name)).to.match(/^[A-Za-z' -]*$/);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z' -]*$/), (name) => {
        expect(step(name)).to.equal(name);
      }),
    );
  });

  it('makes the same of a letter however it is encoded', () => {
    const step = codeOf('transliterate');
    expect(step('N\u0303u\u0301n\u0303ez')).to.equal('Nunez');
    expect(step('Ñúñez')).to.equal('Nunez');
    expect(step('D\u02bcAngelo\u00a0Smith\u2010Jones')).to.equal("D'Angelo Smith-Jones");
  });
});
