import { expect } from 'chai';
import { compareFirstNames, compareLastNames } from '../../src/compare/compare-names.ts';
import { foldName } from '../../src/compare/fold-name.ts';
import { compileNicknames } from '../../src/compare/nicknames.ts';

const nicknames = compileNicknames([
  { nickname: 'Liz', name: 'Elizabeth' },
  { nickname: 'Beth', name: 'Elizabeth' },
  { nickname: 'Alex', name: 'Alexander' },
  { nickname: 'Alex', name: 'Alexandra' },
  { nickname: 'Ma', name: 'Maria' },
  { nickname: 'Lupe', name: 'Guadalupe' },
  { nickname: 'Maite', name: 'Maria Teresa' },
]);

describe('compareLastNames', () => {
  it('looks for no hundred thousand words in a hundred thousand others', () => {
    const words = Array.from({ length: 100_000 }, (_, at) => `w${at.toString(36)}`);
    const [one, other] = [foldName(words.join(' ')), foldName(`${words.toReversed().join(' ')} x`)];
    const startMs = performance.now();
    expect(compareLastNames(one, other)).to.equal('different');
    expect(performance.now() - startMs).to.be.below(10_000);
  });

  for (const [one, other, likeness] of [
    ['Garcia', 'Garcia', 'same'],
    ['GARCIA', ' garcia ', 'same'],
    ["O'Brien", 'OBrien', 'written_differently'],
    ["O'Brien", 'O’Brien', 'written_differently'],
    ["O'Brien", 'O Brien', 'written_differently'],
    ['García', 'Garcia', 'written_differently'],
    ['De La Cruz', 'DeLaCruz', 'written_differently'],
    ['Smith-Jones', 'Smith Jones', 'written_differently'],
    ['Strauß', 'Strauss', 'written_differently'],
    ['Garcia Jr.', 'Garcia', 'written_differently'],
    ['Garcia-Lopez', 'Garcia', 'part'],
    ['García López', 'Lopez', 'part'],
    ['Lopez Garcia', 'Garcia Lopez', 'part'],
    ['De La Cruz', 'Cruz', 'part'],
    ['van der Berg', 'Berg', 'part'],
    ['Smith', 'Smyth', 'one_letter'],
    ['Hernandez', 'Hernandes', 'one_letter'],
    ['Hernandez', 'Hermandes', 'two_letters'],
    ['Lee', 'Leo', 'different'],
    ['Ng', 'Nguyen', 'different'],
    ['Garcia', 'Lopez', 'different'],
    ['De La Cruz', 'De La Rosa', 'different'],
    ['Garcia-Lopez', 'Garcia-Perez', 'different'],
    ['', 'Garcia', 'missing'],
    ['LNU', 'Garcia', 'missing'],
    ['', ' ', 'same'],
    ['Null', 'Null', 'same'],
    ['李', '李', 'same'],
    ['李', '王', 'different'],
  ] as const)
    it(`"${one}" and "${other}": ${likeness}`, () => {
      expect(compareLastNames(foldName(one), foldName(other))).to.equal(likeness);
      expect(compareLastNames(foldName(other), foldName(one))).to.equal(likeness);
    });
});

describe('compareFirstNames', () => {
  for (const [one, other, likeness] of [
    ['Ana', 'ANA', 'same'],
    ['José', 'Jose', 'written_differently'],
    ['Mary Ann', 'Maryann', 'written_differently'],
    ['Jean-Luc', 'Jean Luc', 'written_differently'],
    ['J.D.', 'JD', 'written_differently'],
    ['Liz', 'Elizabeth', 'nickname'],
    ['Liz', 'Beth', 'nickname'],
    ['Liz', 'Elizabeth Ann', 'nickname'],
    ['Ma. Elena', 'Maria Elena', 'nickname'],
    ['Lupe', 'María Guadalupe', 'different'],
    ['Maite', 'María Teresa', 'nickname'],
    ['Alexander', 'Alexandra', 'two_letters'],
    ['Alex', 'Alexandra', 'nickname'],
    ['Joseph "Bo"', 'Bo', 'nickname'],
    ["Joseph 'Bo'", 'Bo', 'nickname'],
    ['Joseph (Bo)', 'Joseph', 'written_differently'],
    ['Mary', 'Mary Ann', 'part'],
    ['Ann', 'Mary Ann', 'part'],
    ['J', 'James', 'initial'],
    ['J.', 'James', 'initial'],
    ['K', 'James', 'different'],
    ['Brian', 'Brain', 'one_letter'],
    ['Katherine', 'Katharine', 'one_letter'],
    ['Katherine', 'Catharine', 'different'],
    ['Catherine', 'Cathrynne', 'different'],
    ['Gabrielle', 'Gabriela', 'two_letters'],
    ['Jayden', 'Kayden', 'one_letter'],
    ['Aiden', 'Caiden', 'different'],
    ['Jake', 'Lake', 'different'],
    ['Mia', 'Mya', 'different'],
    ['Mary Ann', 'Mary Beth', 'different'],
    ['Emma', 'Olivia', 'different'],
    ['', 'Ana', 'missing'],
    ['FNU', 'Ana', 'missing'],
  ] as const)
    it(`"${one}" and "${other}": ${likeness}`, () => {
      expect(compareFirstNames(foldName(one), foldName(other), nicknames)).to.equal(likeness);
      expect(compareFirstNames(foldName(other), foldName(one), nicknames)).to.equal(likeness);
    });
});
