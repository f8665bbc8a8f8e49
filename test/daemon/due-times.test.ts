import { expect } from 'chai';
import { openDueTimes } from '../../src/daemon/due-times.ts';

const zone = 'America/Chicago';
const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** Every due time after one instant and not after another, found one after the other. */
function duesBetween(cron: string, from: string, to: string, inZone = zone): string[] {
  const times = openDueTimes({ cron, zone: inZone });
  const found: string[] = [];
  for (let ms = at(from); ; ) {
    const next = times.next(ms);
    if (next === undefined || next > at(to)) return found;
    found.push(new Date(next).toISOString());
    ms = next;
  }
}

describe('due times of a cron expression', () => {
  it('are those of the wall in its zone, in winter and in summer', () => {
    expect(duesBetween('30 2 * * *', '2026-01-14T00:00:00-06:00', '2026-01-16T00:00:00-06:00')).to.deep.equal(
      ['2026-01-14T08:30:00.000Z', '2026-01-15T08:30:00.000Z'],
    );
    expect(duesBetween('30 2 * * *', '2026-07-14T00:00:00-05:00', '2026-07-15T00:00:00-05:00')).to.deep.equal(
      ['2026-07-14T07:30:00.000Z'],
    );
  });

  it('skip no night: what falls into the gap of spring is due at its end, once', () => {
    const night = ['2026-03-08T00:00:00-06:00', '2026-03-09T00:00:00-05:00'] as const;
    expect(duesBetween('30 2 * * *', ...night)).to.deep.equal(['2026-03-08T08:00:00.000Z']);
    expect(duesBetween('0 2 * * *', ...night)).to.deep.equal(['2026-03-08T08:00:00.000Z']);
    expect(duesBetween('10,40 2 * * *', ...night), 'two in the gap are one').to.have.length(1);
    expect(duesBetween('30 1,3 * * *', ...night)).to.deep.equal([
      '2026-03-08T07:30:00.000Z',
      '2026-03-08T08:30:00.000Z',
    ]);
  });

  it('come once in the night of autumn, the first time', () => {
    const night = ['2026-11-01T00:00:00-05:00', '2026-11-02T00:00:00-06:00'] as const;
    expect(duesBetween('30 1 * * *', ...night)).to.deep.equal(['2026-11-01T06:30:00.000Z']);
    expect(duesBetween('0 2 * * *', ...night)).to.deep.equal(['2026-11-01T08:00:00.000Z']);
  });

  it('come at every real half hour where every hour is named', () => {
    const cron = '*/30 * * * *';
    const gaps = (from: string, to: string) => {
      const dues = duesBetween(cron, from, to).map(at);
      return new Set(dues.slice(1).map((ms, index) => (ms - (dues[index] ?? 0)) / 60_000));
    };
    expect(gaps('2026-11-01T00:00:00-05:00', '2026-11-02T00:00:00-06:00')).to.deep.equal(new Set([30]));
    expect(gaps('2026-03-08T00:00:00-06:00', '2026-03-09T00:00:00-05:00')).to.deep.equal(new Set([30]));
    expect(duesBetween(cron, '2026-11-01T00:00:00-05:00', '2026-11-02T00:00:00-06:00')).to.have.length(50);
  });

  it('know days of the month and of the week as the expression has them', () => {
    expect(
      duesBetween('0 6 * * 1-5', '2026-11-20T12:00:00-06:00', '2026-11-24T12:00:00-06:00'),
    ).to.deep.equal(['2026-11-23T12:00:00.000Z', '2026-11-24T12:00:00.000Z']);
    expect(iso(openDueTimes({ cron: '0 0 L * *', zone: 'UTC' }).next(at('2028-02-01T00:00:00Z')))).to.equal(
      '2028-02-29T00:00:00.000Z',
    );
  });

  it('know the last one of a time that has passed', () => {
    const latest = (cron: string, after: string, until: string) =>
      iso(openDueTimes({ cron, zone }).latest({ afterMs: at(after), untilMs: at(until) }));
    const daily = '30 2 * * *';
    expect(latest(daily, '2026-11-19T12:00:00Z', '2026-11-22T12:00:00Z')).to.equal(
      '2026-11-22T08:30:00.000Z',
    );
    expect(latest(daily, '2026-11-22T08:30:00Z', '2026-11-22T12:00:00Z')).to.equal(undefined);
    expect(latest(daily, '2026-11-22T08:29:59Z', '2026-11-22T08:30:00Z')).to.equal(
      '2026-11-22T08:30:00.000Z',
    );
    expect(latest(daily, '2026-11-22T08:29:59Z', '2026-11-22T08:29:59.999Z')).to.equal(undefined);
    expect(latest('0 0 29 2 *', '2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).to.equal(
      '2024-02-29T06:00:00.000Z',
    );
    expect(latest('* * * * * *', '2026-11-22T08:00:00Z', '2026-11-22T08:00:07.5Z')).to.equal(
      '2026-11-22T08:00:07.000Z',
    );
  });
});
