import { expect } from 'chai';
import fc from 'fast-check';
import { addDays } from '../../src/time/calendar-date.ts';
import { dayInSchoolYear, formatSchoolYear, schoolYearOf } from '../../src/time/school-year.ts';

describe('school-year', () => {
  for (const [date, startYear, firstDay, lastDay] of [
    ['2026-11-22', 2026, '2026-07-01', '2027-06-30'],
    ['2026-07-01', 2026, '2026-07-01', '2027-06-30'],
    ['2026-06-30', 2025, '2025-07-01', '2026-06-30'],
    ['2028-02-29', 2027, '2027-07-01', '2028-06-30'],
  ] as const) {
    it(`puts ${date} into ${startYear}`, () => {
      expect(schoolYearOf(date, '07-01')).to.deep.equal({ startYear, firstDay, lastDay });
    });
  }

  it('finds the day of the running school year', () => {
    const year = schoolYearOf('2027-03-01', '07-01');
    expect(dayInSchoolYear(year, '09-01')).to.equal('2026-09-01');
    expect(dayInSchoolYear(year, '07-01')).to.equal('2026-07-01');
    expect(dayInSchoolYear(year, '06-30')).to.equal('2027-06-30');
    expect(dayInSchoolYear(year, '01-01')).to.equal('2027-01-01');
    expect(dayInSchoolYear(year, '02-29')).to.equal('2027-02-28');
    expect(dayInSchoolYear(schoolYearOf('2027-09-01', '07-01'), '02-29')).to.equal('2028-02-29');
  });

  it('names a school year in four ways', () => {
    const year = schoolYearOf('2026-11-22', '07-01');
    expect(
      (['start', 'end', 'span', 'short'] as const).map((format) => formatSchoolYear(year, format)),
    ).to.deep.equal(['2026', '2027', '2026-2027', '26-27']);
    expect(formatSchoolYear(schoolYearOf('2099-11-22', '07-01'), 'short')).to.equal('99-00');
    expect(formatSchoolYear(schoolYearOf('2026-11-22', '01-01'), 'end')).to.equal('2026');
  });

  it('has every day in exactly one school year, and every month and day once in it', () => {
    const days = fc.integer({ min: 0, max: 40_000 });
    const monthDay = fc.integer({ min: 0, max: 364 }).map((offset) => addDays('2026-01-01', offset).slice(5));
    fc.assert(
      fc.property(days, monthDay, monthDay, (offset, startsOn, wanted) => {
        const date = addDays('1970-01-01', offset);
        const year = schoolYearOf(date, startsOn);
        expect(date >= year.firstDay && date <= year.lastDay).to.equal(true);
        expect(schoolYearOf(year.firstDay, startsOn)).to.deep.equal(year);
        expect(schoolYearOf(year.lastDay, startsOn)).to.deep.equal(year);
        expect(schoolYearOf(addDays(year.lastDay, 1), startsOn).startYear).to.equal(year.startYear + 1);
        const day = dayInSchoolYear(year, wanted);
        expect(day >= year.firstDay && day <= year.lastDay).to.equal(true);
      }),
    );
  });
});
