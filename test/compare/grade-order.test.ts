import { expect } from 'chai';
import { compileGradeOrder } from '../../src/compare/grade-order.ts';

/** Each list goes up. */
const LADDERS: readonly (readonly string[])[] = [
  ['-3', '-2', '-1', '0', '1', '2', '9', '10', '12', '13'],
  ['IT', 'PS', 'PK', 'TK', 'KG', '01', '02', '12', '13'],
  ['Pre-K3', 'Pre-K4', 'Kindergarten', '1st', '2nd', '3rd', '4th', '12th'],
  ['Pre-Kindergarten', 'K', 'Grade 1', 'Grade 02', 'GRADE-3', 'Gr. 4', '9th Grade', '10th grade'],
  ['8', 'Freshman', 'Sophomore', 'Junior', 'Senior', 'PG'],
  ['K', 'T1', '1', '2.0', '3.00', '4'],
];

describe('compileGradeOrder', () => {
  const rank = compileGradeOrder();

  for (const ladder of LADDERS)
    it(`goes up: ${ladder.join(', ')}`, () => {
      const ranks = ladder.map((grade) => rank(grade) ?? Number.NaN);
      expect(ranks).to.deep.equal(ranks.toSorted((one, other) => one - other));
      expect(new Set(ranks).size).to.equal(ladder.length);
    });

  for (const same of [
    ['5', '05', '5th', 'Grade 5', 'grade-5', 'G5'],
    ['0', 'K', 'KG', 'kindergarten', '00'],
    ['PK', 'Pre-K', 'prek', 'Pre K'],
  ])
    it(`takes as one: ${same.join(', ')}`, () => {
      expect(new Set(same.map(rank)).size).to.equal(1);
      expect(rank(same[0] ?? '')).to.not.equal(undefined);
    });

  for (const grade of ['', 'TT', 'OS', 'UG', '2031', '5 or 6', 'K-5', 'x'.repeat(10_000), 'toString'])
    it(`does not know "${grade.slice(0, 20)}"`, () => {
      expect(rank(grade)).to.equal(undefined);
    });

  it("takes the district's own order, and then no other grade", () => {
    const own = compileGradeOrder(['Nursery', 'Reception', 'Year 1', 'Year 2']);
    expect(['nursery', 'RECEPTION', 'Year 1', 'year-2'].map(own)).to.deep.equal([0, 1, 2, 3]);
    expect(own('5')).to.equal(undefined);
  });
});
