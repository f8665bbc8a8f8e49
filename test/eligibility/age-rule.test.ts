import { expect } from 'chai';
import fc from 'fast-check';
import { compileAgeRule } from '../../src/eligibility/age-rule.ts';
import { eligibilitySchema } from '../../src/eligibility/schema.ts';
import { addDays, addYears } from '../../src/time/calendar-date.ts';
import { dayOf, find, type SampleRow, valuesOf } from './sample-rows.ts';

function ruleOf(
  age: object,
  today = '2026-11-22',
  row: SampleRow = {},
): (birth: string) => string | undefined {
  const settings = eligibilitySchema.parse({ age }).age;
  if (!settings) throw new Error('no age');
  const rule = compileAgeRule(settings, { day: dayOf(today), find });
  return (birth) => rule(birth, valuesOf(row));
}

function isOfAge(age: object, birth: string, today?: string, row?: SampleRow): boolean {
  return ruleOf(age, today, row)(birth) === undefined;
}

describe('compileAgeRule', () => {
  describe('around a cut-off', () => {
    const september = { min: 5, max: 21, as_of: '09-01' };
    const excluded = { ...september, turning: 'excluded' };
    const july = { min: 5, max: 21, as_of: '07-31' };
    const august = { min: 5, max: 21, as_of: '08-01' };
    for (const [name, age, birth, ofAge] of [
      ['turns 5 the day before', september, '2021-08-31', true],
      ['turns 5 on the day', september, '2021-09-01', true],
      ['turns 5 the day after', september, '2021-09-02', false],
      ['turns 5 the day before, birthdays excluded', excluded, '2021-08-31', true],
      ['turns 5 on the day, birthdays excluded', excluded, '2021-09-01', false],
      ['turns 22 the day after', september, '2004-09-02', true],
      ['turns 22 on the day', september, '2004-09-01', false],
      ['turns 22 the day before', september, '2004-08-31', false],
      ['turns 22 on the day, birthdays excluded', excluded, '2004-09-01', true],
      ['turns 22 the day before, birthdays excluded', excluded, '2004-08-31', false],
      ['July 31 for a cut-off of July 31', july, '2021-07-31', true],
      ['August 1 for a cut-off of July 31', july, '2021-08-01', false],
      ['July 31 for a cut-off of August 1', august, '2021-07-31', true],
      ['August 1 for a cut-off of August 1', august, '2021-08-01', true],
      ['August 2 for a cut-off of August 1', august, '2021-08-02', false],
    ] as const)
      it(`${name}: ${ofAge ? 'of age' : 'not of age'}`, () => {
        expect(isOfAge(age, birth)).to.equal(ofAge);
      });
  });

  describe('born on February 29', () => {
    for (const [asOf, today, birth, ofAge] of [
      ['02-28', '2026-11-22', '2022-02-28', true],
      ['02-28', '2026-11-22', '2022-03-01', false],
      ['02-28', '2024-11-22', '2020-02-29', false],
      ['03-01', '2024-11-22', '2020-02-29', true],
      ['02-29', '2024-11-22', '2020-02-29', false],
      ['02-29', '2027-11-22', '2023-02-28', true],
      ['02-29', '2027-11-22', '2023-03-01', false],
    ] as const)
      it(`${birth} is ${ofAge ? '' : 'not yet '}5 on ${asOf} of the school year of ${today}`, () => {
        expect(isOfAge({ min: 5, as_of: asOf }, birth, today)).to.equal(ofAge);
      });

    it('counts the birthday on March 1 as one on the day itself', () => {
      const age = { min: 5, as_of: '03-01', turning: 'excluded' };
      expect(isOfAge(age, '2020-02-29', '2024-11-22')).to.equal(false);
      expect(isOfAge({ ...age, as_of: '03-02' }, '2020-02-29', '2024-11-22')).to.equal(true);
    });
  });

  describe('on its day', () => {
    it('is the day of the running school year, before and after the New Year', () => {
      for (const today of ['2026-07-01', '2026-08-31', '2026-11-22', '2027-06-30']) {
        expect(isOfAge({ as_of: '09-01' }, '2021-09-01', today)).to.equal(true);
        expect(isOfAge({ as_of: '09-01' }, '2021-09-02', today)).to.equal(false);
      }
      expect(isOfAge({ as_of: '09-01' }, '2021-09-02', '2027-07-01')).to.equal(true);
      expect(isOfAge({ as_of: '01-01' }, '2022-01-01')).to.equal(true);
      expect(isOfAge({ as_of: '01-01' }, '2022-01-02')).to.equal(false);
    });

    it('is the day of the run with as_of: today', () => {
      expect(isOfAge({ as_of: 'today' }, '2021-11-22')).to.equal(true);
      expect(isOfAge({ as_of: 'today' }, '2021-11-23')).to.equal(false);
    });

    it('is September 1 and takes 5 to 21 where nothing is written', () => {
      expect(isOfAge({}, '2021-09-01')).to.equal(true);
      expect(isOfAge({}, '2021-09-02')).to.equal(false);
      expect(isOfAge({}, '2004-09-02')).to.equal(true);
      expect(isOfAge({}, '2004-09-01')).to.equal(false);
    });
  });

  describe('until', () => {
    const base = { min: 5, max: 20, as_of: '09-01' };
    for (const [until, birth, ofAge] of [
      ['reference_date', '2005-09-02', true],
      ['reference_date', '2005-09-01', false],
      ['birthday', '2005-11-23', true],
      ['birthday', '2005-11-22', false],
      ['birthday', '2005-09-02', false],
      ['end_of_school_year', '2005-07-02', true],
      ['end_of_school_year', '2005-07-01', false],
    ] as const)
      it(`${until}: born ${birth} and 21 this year, ${ofAge ? 'still of age' : 'no longer'}`, () => {
        expect(isOfAge({ ...base, until }, birth)).to.equal(ofAge);
      });

    it('does not move the lower end', () => {
      for (const until of ['reference_date', 'birthday', 'end_of_school_year']) {
        expect(isOfAge({ ...base, until }, '2021-09-01')).to.equal(true);
        expect(isOfAge({ ...base, until }, '2021-09-02')).to.equal(false);
      }
    });
  });

  describe('with bands', () => {
    const bands = {
      as_of: '09-01',
      bands: [
        { min: 5, max: 20 },
        { where: { column: 'SpEd', is: 'Y' }, min: 3, max: 21, until: 'end_of_school_year' },
      ],
    };
    for (const [spEd, birth, ofAge] of [
      ['N', '2021-09-01', true],
      ['N', '2023-09-01', false],
      ['Y', '2023-09-01', true],
      ['Y', '2023-09-02', false],
      ['N', '2005-09-01', false],
      ['Y', '2005-09-01', true],
      ['Y', '2004-07-02', true],
      ['Y', '2004-07-01', false],
    ] as const)
      it(`born ${birth} with SpEd ${spEd}: ${ofAge ? 'of age' : 'not of age'}`, () => {
        expect(isOfAge(bands, birth, '2026-11-22', { SpEd: spEd })).to.equal(ofAge);
      });

    it('gives its own until to bands that have none', () => {
      const age = { until: 'birthday', bands: [{ min: 5, max: 20 }] };
      expect(isOfAge(age, '2005-11-23')).to.equal(true);
      expect(isOfAge(age, '2005-11-22')).to.equal(false);
    });
  });

  it('says which end refused, and never the date of birth', () => {
    expect(ruleOf({ min: 5, max: 20 })('2023-01-02')).to.equal('Fewer than 5 completed years on 2026-09-01.');
    expect(ruleOf({ min: 5, max: 20 })('2001-01-02')).to.equal('More than 20 completed years on 2026-09-01.');
    expect(ruleOf({ turning: 'excluded' })('2001-01-02')).to.match(/before 2026-09-01/);
    expect(ruleOf({ until: 'birthday' })('2001-01-02')).to.match(/2026-11-22, the day of the run/);
    expect(ruleOf({ until: 'end_of_school_year' })('2001-01-02')).to.match(/2026-07-01, the first day/);
    expect(
      ruleOf({
        bands: [
          { min: 5, max: 20 },
          { min: 3, max: 4 },
        ],
      })('2001-01-02'),
    ).to.match(/5 to 20, 3 to 4/);
  });

  it('is of age from the birthday on min to the eve of the birthday on max + 1', () => {
    const ages = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), ages, (days, [a, b]) => {
        const birth = addDays('1994-01-01', days);
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const ofAge = isOfAge({ min, max, as_of: '09-01' }, birth);
        const from = addYears(birth, min);
        const to = addYears(birth, max + 1);
        expect(ofAge).to.equal(from <= '2026-09-01' && '2026-09-01' < to);
      }),
    );
  });
});
