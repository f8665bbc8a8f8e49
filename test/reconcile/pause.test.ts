import { expect } from 'chai';
import fc from 'fast-check';
import { describePause, pauseOn } from '../../src/reconcile/pause.ts';
import { pauseSchema } from '../../src/reconcile/schema.ts';
import { addDays } from '../../src/time/calendar-date.ts';

const SUMMER = { from: '06-10', to: '07-20', reason: 'summer', mode: 'stop' } as const;
const WINTER = { from: '12-20', to: '01-05', reason: 'winter break', mode: 'additions_only' } as const;

describe('reconcile/pause', () => {
  const days: [day: string, from: string | undefined, until?: string][] = [
    ['2026-06-09', undefined],
    ['2026-06-10', '2026-06-10', '2026-07-20'],
    ['2026-07-20', '2026-06-10', '2026-07-20'],
    ['2026-07-21', undefined],
    ['2026-12-19', undefined],
    ['2026-12-20', '2026-12-20', '2027-01-05'],
    ['2026-12-31', '2026-12-20', '2027-01-05'],
    ['2027-01-01', '2026-12-20', '2027-01-05'],
    ['2027-01-05', '2026-12-20', '2027-01-05'],
    ['2027-01-06', undefined],
  ];
  for (const [day, from, until] of days) {
    it(`${from ? `lasts from ${from} to ${until}` : 'is over'} on ${day}`, () => {
      const pause = pauseOn(day, [SUMMER, WINTER]);
      expect(pause && [pause.from, pause.until]).to.deep.equal(from && [from, until]);
    });
  }

  it('says how it stops, and why', () => {
    expect(pauseOn('2026-07-01', [SUMMER, WINTER])).to.deep.equal({
      mode: 'stop',
      reason: 'summer',
      from: '2026-06-10',
      until: '2026-07-20',
    });
    expect(pauseOn('2026-07-01', pauseSchema.parse([{ from: '07-01', to: '07-01' }]))).to.deep.equal({
      mode: 'stop',
      reason: '',
      from: '2026-07-01',
      until: '2026-07-01',
    });
    expect(pauseOn('2026-07-01', [])).to.equal(undefined);
  });

  it('is a sentence', () => {
    const told = (day: string) => {
      const pause = pauseOn(day, [SUMMER, { ...WINTER, reason: undefined }]);
      return pause && describePause(pause);
    };
    expect(told('2026-07-01')).to.equal('Paused from 2026-06-10 to 2026-07-20 (summer): nothing is carried.');
    expect(told('2027-01-01')).to.equal(
      'Paused from 2026-12-20 to 2027-01-05: only students who were never delivered are sent.',
    );
  });

  it('takes the strictest of several, and of one mode the one that lasts longest', () => {
    const additions = { from: '06-01', to: '08-31', mode: 'additions_only' } as const;
    const short = { from: '06-15', to: '06-20', mode: 'stop' } as const;
    for (const pauses of [
      [additions, short, SUMMER],
      [SUMMER, short, additions],
    ]) {
      expect(pauseOn('2026-06-05', pauses)).to.include({ mode: 'additions_only', until: '2026-08-31' });
      expect(pauseOn('2026-06-16', pauses)).to.include({ mode: 'stop', until: '2026-07-20' });
    }
  });

  it('ends on the last of February in every year', () => {
    const pause = [{ from: '02-29', to: '02-29', mode: 'stop' }] as const;
    expect(pauseOn('2028-02-28', pause)).to.equal(undefined);
    expect(pauseOn('2028-02-29', pause)).to.include({ until: '2028-02-29' });
    expect(pauseOn('2027-02-28', pause)).to.include({ from: '2027-02-28', until: '2027-02-28' });
    expect(pauseOn('2027-03-01', pause)).to.equal(undefined);
  });

  it('is open on every day from its first to its last, and on no other', () => {
    const day = fc.integer({ min: 0, max: 365 }).map((days) => addDays('2028-01-01', days).slice(5));
    const date = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2026-01-01', days));
    fc.assert(
      fc.property(date, day, day, (on, from, to) => {
        const pauses = [{ from, to, mode: 'stop' }] as const;
        const pause = pauseOn(on, pauses);
        if (!pause) return;
        expect(pause.from <= on && on <= pause.until).to.equal(true);
        for (const inside of [pause.from, pause.until]) expect(pauseOn(inside, pauses)).to.deep.equal(pause);
        const before = pauseOn(addDays(pause.from, -1), pauses);
        const after = pauseOn(addDays(pause.until, 1), pauses);
        expect(before?.until).to.not.equal(pause.until);
        expect(after?.from).to.not.equal(pause.from);
      }),
    );
  });
});
