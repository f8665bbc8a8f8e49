import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, addYears, completedYears, isCalendarDate } from '../../src/time/calendar-date.ts';

const day = fc
  .integer({ min: -40_000, max: 40_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe('calendar-date', () => {
  for (const [text, real] of [
    ['2026-11-22', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-01-00', false],
    ['0000-01-01', false],
    ['0001-01-01', true],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    [' 2026-01-01', false],
    ['', false],
  ] as const) {
    it(`${real ? 'takes' : 'refuses'} "${text}"`, () => {
      expect(isCalendarDate(text)).to.equal(real);
    });
  }

  it('knows the days of any month as the platform does (property)', () => {
    const number = (most: number, digits: number) =>
      fc.integer({ min: 0, max: most }).map((one) => String(one).padStart(digits, '0'));
    fc.assert(
      fc.property(number(9999, 4), number(13, 2), number(32, 2), (year, month, day) => {
        const instant = new Date(`${year}-${month}-01T00:00:00Z`);
        instant.setUTCDate(Number(day));
        const isSame =
          !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${year}-${month}-${day}`);
        expect(isCalendarDate(`${year}-${month}-${day}`)).to.equal(isSame && year !== '0000');
      }),
      { numRuns: 2000 },
    );
  });

  for (const [birth, on, years] of [
    ['2021-09-01', '2026-09-01', 5],
    ['2021-09-02', '2026-09-01', 4],
    ['2021-08-31', '2026-09-01', 5],
    ['2020-02-29', '2026-02-28', 5],
    ['2020-02-29', '2026-03-01', 6],
    ['2020-02-29', '2028-02-28', 7],
    ['2020-02-29', '2028-02-29', 8],
    ['2026-11-22', '2026-11-22', 0],
    ['2026-11-23', '2026-11-22', -1],
  ] as const) {
    it(`counts ${years} completed years from ${birth} to ${on}`, () => {
      expect(completedYears(birth, on)).to.equal(years);
    });
  }

  it('adds days over months, years and leap days', () => {
    expect(addDays('2028-02-28', 1)).to.equal('2028-02-29');
    expect(addDays('2026-02-28', 1)).to.equal('2026-03-01');
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01');
    expect(addDays('2026-07-01', -1)).to.equal('2026-06-30');
    expect(addDays('0099-12-31', 1)).to.equal('0100-01-01');
  });

  it('is back where it was after as many days forth', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).to.equal(date);
      }),
    );
  });

  it('completes a year exactly on the day that addYears gives', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (birth, years) => {
        const birthday = addYears(birth, years);
        expect(completedYears(birth, birthday)).to.equal(years);
        expect(completedYears(birth, addDays(birthday, -1))).to.equal(years - 1);
      }),
    );
  });
});
