import { expect } from 'chai';
import fc from 'fast-check';
import { dateInZone, whenShown } from '../../src/time/wall-time.ts';

const CHICAGO = 'America/Chicago';
const shown = (date: string, hour: number, minute: number, zone = CHICAGO) =>
  whenShown({ date, hour, minute, second: 0 }, zone);
const iso = (ms: number) => new Date(ms).toISOString();

describe('whenShown', () => {
  it('finds the one instant of most times', () => {
    expect(shown('2026-11-22', 2, 30)).to.deep.equal({ kind: 'once', atMs: Date.UTC(2026, 10, 22, 8, 30) });
    expect(shown('2026-07-01', 23, 59)).to.deep.equal({ kind: 'once', atMs: Date.UTC(2026, 6, 2, 4, 59) });
    expect(shown('2026-03-08', 1, 59)).to.deep.equal({ kind: 'once', atMs: Date.UTC(2026, 2, 8, 7, 59) });
    expect(shown('2026-03-08', 3, 0)).to.deep.equal({ kind: 'once', atMs: Date.UTC(2026, 2, 8, 8, 0) });
    expect(shown('2026-01-01', 0, 0, 'UTC')).to.deep.equal({ kind: 'once', atMs: Date.UTC(2026, 0, 1) });
  });

  it('knows both instants of a time that is shown twice', () => {
    const twice = shown('2026-11-01', 1, 30);
    if (twice.kind !== 'twice') return expect.fail(twice.kind);
    expect([iso(twice.atMs), iso(twice.againMs)]).to.deep.equal([
      '2026-11-01T06:30:00.000Z',
      '2026-11-01T07:30:00.000Z',
    ]);
    expect(shown('2026-11-01', 2, 0).kind).to.equal('once');
  });

  it('knows the end of the gap in which a time is not shown', () => {
    for (const [hour, minute] of [
      [2, 0],
      [2, 30],
      [2, 59],
    ] as const)
      expect(shown('2026-03-08', hour, minute)).to.deep.equal({
        kind: 'never',
        skippedToMs: Date.UTC(2026, 2, 8, 8, 0),
      });
    // Half an hour, south of the equator; and at midnight.
    expect(shown('2026-10-04', 2, 15, 'Australia/Lord_Howe')).to.include({ kind: 'never' });
    const havana = shown('2026-03-08', 0, 30, 'America/Havana');
    expect(havana.kind === 'never' && iso(havana.skippedToMs)).to.equal('2026-03-08T05:00:00.000Z');
  });

  it('leads every instant to its wall and back', () => {
    const zones = fc.constantFrom(CHICAGO, 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const seconds = fc.integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2030, 0) / 1000 });
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const atMs = second * 1000;
        const [hour = 0, minute = 0, rest = 0] = new Date(atMs)
          .toLocaleTimeString('en-US', { timeZone: zone, hourCycle: 'h23' })
          .split(':')
          .map(Number);
        const found = whenShown({ date: dateInZone(atMs, zone), hour, minute, second: rest }, zone);
        if (found.kind === 'never') return false;
        return found.atMs === atMs || (found.kind === 'twice' && found.againMs === atMs);
      }),
    );
  });
});
