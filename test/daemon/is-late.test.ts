import { expect } from 'chai';
import { findLateDay } from '../../src/daemon/is-late.ts';
import { nextDue } from '../../src/daemon/next-due.ts';

describe('findLateDay', () => {
  // 2026-11-20 is a Friday.
  const facts = { date: '2026-11-20', time: '050000', lastRunDate: '2026-11-19' };
  const school = { by: '05:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const };
  const cases: [string, Parameters<typeof findLateDay>[0], Partial<typeof facts>, string | undefined][] = [
    ['nothing is expected', undefined, {}, undefined],
    ['no hour is named', { days: ['fri'] }, {}, undefined],
    ['before the hour', { by: '05:00' }, { time: '045959' }, undefined],
    ['at the hour', { by: '05:00' }, {}, '2026-11-20'],
    ['carried today', { by: '05:00' }, { lastRunDate: '2026-11-20' }, undefined],
    ['on a day that is expected', { by: '05:00', days: ['mon', 'fri'] }, {}, '2026-11-20'],
    ['on a day that is not', { by: '05:00', days: ['mon', 'tue'] }, {}, undefined],
    [
      'before the hour, yesterday missed',
      { by: '05:00' },
      { time: '040000', lastRunDate: '2026-11-18' },
      '2026-11-19',
    ],
    ['on Sunday, Friday missed', { ...school, days: [...school.days] }, { date: '2026-11-22' }, '2026-11-20'],
    [
      'on Sunday, Friday carried',
      { ...school, days: [...school.days] },
      { date: '2026-11-22', lastRunDate: '2026-11-20' },
      undefined,
    ],
    ['carried with a later date', { by: '05:00' }, { lastRunDate: '2026-11-21' }, undefined],
  ];
  for (const [what, expected, change, late] of cases) {
    it(`${what}: ${late ?? 'not late'}`, () =>
      expect(findLateDay(expected, { ...facts, ...change })).to.equal(late));
  }

  it('is late where nothing was ever carried, from the first day on', () => {
    const never = { date: '2026-11-20', lastRunDate: undefined };
    expect(findLateDay({ by: '05:00' }, { ...never, time: '060000' })).to.equal('2026-11-20');
    expect(findLateDay({ by: '05:00' }, { ...never, time: '040000' })).to.equal(undefined);
  });

  it('expects nothing on days of a pause', () => {
    const isPaused = (date: string) => date >= '2026-11-20';
    expect(findLateDay({ by: '05:00' }, { ...facts, isPaused })).to.equal(undefined);
    expect(findLateDay({ by: '05:00' }, { ...facts, isPaused, lastRunDate: '2026-11-18' })).to.equal(
      '2026-11-19',
    );
  });
});

describe('nextDue', () => {
  it('knows the next time of a cron expression, in its zone', () => {
    const due = nextDue(
      { cron: '30 2 * * *', catch_up: true },
      'America/Chicago',
      Date.UTC(2026, 10, 22, 12),
    );
    expect(due).to.equal('2026-11-23T02:30:00.000-06:00');
  });

  it('knows none of a connection that follows its drops', () => {
    expect(nextDue({ watch: true }, 'UTC', 0)).to.equal(null);
    expect(nextDue({ every: '5m' }, 'UTC', 0)).to.equal(null);
  });
});
