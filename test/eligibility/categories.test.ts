import { expect } from 'chai';
import { compileSample, inAWord } from './sample-rows.ts';

/** As in the documentation. */
const CATEGORIES = {
  pre_enrolled: {
    all: [
      { column: 'enrolledId', empty: true },
      { column: 'studentStatus', is: 'Pre-enrolled' },
    ],
  },
  future: { column: 'Enrollment_Date', after: 'today' },
  enrolled: { column: 'studentStatus', is: 'Enrolled' },
};

function decides(schools: object, row: Record<string, string>, categories: object | undefined = CATEGORIES) {
  return compileSample({ policy: 'everyone', schools, ...(categories ? { categories } : {}) })(row);
}

describe('schools and categories', () => {
  const schools = { default: ['enrolled'], '410': ['enrolled', 'future'], '999': [] };
  const enrolled = { studentStatus: 'Enrolled' };
  const future = { studentStatus: 'Enrolled', Enrollment_Date: '2026-11-23' };
  const preEnrolled = { studentStatus: 'Pre-enrolled', Enrollment_Date: '2026-11-23' };
  for (const [name, school, row, verdict] of [
    ['an enrolled student of a school that is not named', '7', enrolled, 'carried active'],
    ['an enrolled student of a named school', ' 410 ', enrolled, 'carried active'],
    ['a future student of a school that carries them', '410', future, 'carried active'],
    ['a future student of a school that does not', '7', future, 'left out: school'],
    [
      'a pre-enrolled student with a future date: the first category counts',
      '410',
      preEnrolled,
      'left out: school',
    ],
    ['anybody of a school with an empty list', '999', enrolled, 'left out: school'],
    ['a student who fits no category', '410', { studentStatus: 'Gone' }, 'left out: school'],
    ['a blank school, which is one that is not named', '', enrolled, 'carried active'],
    ['a school with a leading zero, which is another one', '0410', future, 'left out: school'],
  ] as const)
    it(`decides on ${name}`, () => {
      expect(inAWord(decides(schools, { school, ...row }))).to.equal(verdict);
    });

  it('carries no school that is not named where there is no default', () => {
    expect(inAWord(decides({ '410': ['enrolled'] }, { school: '7', ...enrolled }))).to.equal(
      'left out: school',
    );
    expect(inAWord(decides({ '410': ['enrolled'] }, { school: '410', ...enrolled }))).to.equal(
      'carried active',
    );
  });

  it('carries, without categories, every school whose list is not empty', () => {
    const without = (school: string) =>
      inAWord(compileSample({ policy: 'everyone', schools: { default: [], '410': ['all'] } })({ school }));
    expect(without('410')).to.equal('carried active');
    expect(without('7')).to.equal('left out: school');
  });

  it('carries every school where none are written', () => {
    const decide = compileSample({ policy: 'everyone', categories: CATEGORIES });
    expect(inAWord(decide({ school: '7' }))).to.equal('carried active');
  });

  it('says which rule left a student out, and no value of theirs', () => {
    const ruleOf = (written: object, row: Record<string, string>) => {
      const decision = decides(written, row);
      return decision.kind === 'left_out' ? decision.rule : '';
    };
    expect(ruleOf(schools, { school: '7', ...future })).to.match(/category future/);
    expect(ruleOf(schools, { school: '999', ...enrolled })).to.match(/Nobody/);
    expect(ruleOf(schools, { school: '7' })).to.match(/none of the categories/);
    expect(ruleOf({ '410': [] }, { school: '7' })).to.match(/no default/);
  });
});
