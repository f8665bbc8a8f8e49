import { expect } from 'chai';
import fc from 'fast-check';
import { plainLetters } from '../../src/likeness/plain-letters.ts';

describe('plainLetters', () => {
  for (const [text, plain] of [
    ['Smith', 'smith'],
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['García–López', 'garcia lopez'],
    ['Garcia,Lopez', 'garcia lopez'],
    ['  De  La\tCruz ', 'de la cruz'],
    ['J.D.', 'jd'],
    ['Strauß', 'strauss'],
    ['Łukasz Đặng', 'lukasz dang'],
    ['YILMAZ', 'yilmaz'],
    ['Yılmaz', 'yilmaz'],
    ['İnci', 'inci'],
    ['Ｗang', 'wang'],
    ['李', '李'],
    ['', ''],
  ] as const)
    it(`"${text}" is "${plain}"`, () => {
      expect(plainLetters(text)).to.equal(plain);
    });

  it('does not depend on how accents are composed, and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = plainLetters(text.normalize('NFC'));
        expect(plainLetters(text.normalize('NFD'))).to.equal(plain);
        expect(plainLetters(plain)).to.equal(plain);
      }),
    );
  });
});
