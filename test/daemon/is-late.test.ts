import { expect } from 'chai';
import { isLate } from '../../src/daemon/is-late.ts';
import { nextDue } from '../../src/daemon/next-due.ts';

describe('isLate', () => {
  // 2026-11-20 is a Friday.
  const facts = { date: '2026-11-20', time: '050000', lastRunDate: '2026-11-19' };
  const cases: [string, Parameters<typeof isLate>[0], Partial<typeof facts>, boolean][] = [
    ['nothing is expected', undefined, {}, false],
    ['no hour is named', { days: ['fri'] }, {}, false],
    ['before the hour', { by: '05:00' }, { time: '045959' }, false],
    ['at the hour', { by: '05:00' }, {}, true],
    ['carried today', { by: '05:00' }, { lastRunDate: '2026-11-20' }, false],
    ['on a day that is expected', { by: '05:00', days: ['mon', 'fri'] }, {}, true],
    ['on a day that is not', { by: '05:00', days: ['mon', 'tue'] }, {}, false],
  ];
  for (const [what, expected, change, late] of cases) {
    it(`${what}: ${late ? 'late' : 'not late'}`, () =>
      expect(isLate(expected, { ...facts, ...change })).to.equal(late));
  }

  it('is late where nothing was ever carried', () => {
    expect(isLate({ by: '05:00' }, { date: '2026-11-20', time: '060000', lastRunDate: undefined })).to.equal(
      true,
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
