import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { isoInZone, isTimeZone, runDayOf } from '../../src/time/run-day.ts';

/** 02:30 in the night of a Saturday in Auckland, noon before in Chicago. */
const INSTANT = Date.UTC(2026, 10, 20, 13, 30, 5, 7);

describe('run-day', () => {
  it('takes the day and the hour of the zone', () => {
    expect(runDayOf(INSTANT, 'America/Chicago', '07-01')).to.deep.equal({
      date: '2026-11-20',
      time: '073005',
      schoolYear: { startYear: 2026, firstDay: '2026-07-01', lastDay: '2027-06-30' },
    });
    expect(runDayOf(INSTANT, 'Pacific/Auckland', '07-01').date).to.equal('2026-11-21');
    expect(runDayOf(INSTANT, 'Pacific/Auckland', '07-01').time).to.equal('023005');
  });

  it('takes the business date that a person gave, and its school year', () => {
    const day = runDayOf(INSTANT, 'America/Chicago', '07-01', '2025-03-01');
    expect([day.date, day.time, day.schoolYear.startYear]).to.deep.equal(['2025-03-01', '073005', 2024]);
  });

  it('writes instants with the offset of the zone, in winter and in summer', () => {
    expect(isoInZone(INSTANT, 'America/Chicago')).to.equal('2026-11-20T07:30:05.007-06:00');
    expect(isoInZone(Date.UTC(2026, 6, 1), 'America/Chicago')).to.equal('2026-06-30T19:00:00.000-05:00');
    expect(isoInZone(Date.UTC(2026, 6, 1), 'UTC')).to.equal('2026-07-01T00:00:00.000+00:00');
  });

  it('knows zones by their IANA names only', () => {
    expect(['America/Chicago', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).to.equal(true);
    expect(
      ['', 'Chicago', '+05:00', '-06:00', 'local', 'system', 'CDT', 'CST', 'BST'].some(isTimeZone),
    ).to.equal(false);
    expect(() => isoInZone(INSTANT, 'Nowhere/City')).to.throw(AppError, /no time zone/);
  });
});
