import { expect } from 'chai';
import { followCron } from '../../src/daemon/cron-loop.ts';
import type { Job } from '../../src/daemon/job.ts';
import { openLogger } from '../../src/log/logger.ts';

const at = (text: string) => Date.parse(text);

interface Night {
  cron?: string;
  catchUp?: boolean;
  lookedUntil?: string;
  from: string;
  to: string;
  /** Called before each wait; answers a jump of the clock in milliseconds, as of a machine that slept. */
  jump?: (nowMs: number) => number;
}

/** The instants of the nudges while a clock goes from one instant to another as fast as it can. */
async function nudgesOf({ cron = '30 2 * * *', catchUp = true, lookedUntil, from, to, jump }: Night) {
  const stop = new AbortController();
  let nowMs = at(from);
  const clock = {
    now: () => nowMs,
    monotonicMs: () => nowMs,
    async sleep(ms: number) {
      nowMs += ms + (jump?.(nowMs) ?? 0);
      if (nowMs >= at(to)) stop.abort();
    },
  };
  const nudges: string[] = [];
  const job: Job = {
    name: 'north',
    schedule: { cron, catch_up: catchUp },
    zone: 'America/Chicago',
    pollMs: 1000,
    look: async () => ({ kind: 'done' }),
    ...(lookedUntil === undefined ? {} : { lookedUntil: async () => at(lookedUntil) }),
  };
  const nudge = () => nudges.push(new Date(nowMs).toISOString());
  await followCron(job, nudge, { clock, logger: openLogger('silent'), signal: stop.signal });
  return nudges;
}

describe('followCron', () => {
  it('nudges at each due time, and at nothing else', async () => {
    expect(
      await nudgesOf({ from: '2026-11-22T00:00:00-06:00', to: '2026-11-24T12:00:00-06:00' }),
    ).to.deep.equal(['2026-11-22T08:30:00.000Z', '2026-11-23T08:30:00.000Z', '2026-11-24T08:30:00.000Z']);
  });

  it('nudges once in the nights in which clocks change', async () => {
    expect(
      await nudgesOf({ from: '2026-03-08T00:00:00-06:00', to: '2026-03-09T00:00:00-05:00' }),
    ).to.deep.equal(['2026-03-08T08:00:00.000Z']);
    const autumn = { from: '2026-11-01T00:00:00-05:00', to: '2026-11-02T00:00:00-06:00' };
    expect(await nudgesOf({ cron: '30 1 * * *', ...autumn })).to.deep.equal(['2026-11-01T06:30:00.000Z']);
  });

  describe('after it was down at the due time', () => {
    const down = { from: '2026-11-22T06:00:00-06:00', to: '2026-11-22T12:00:00-06:00' };

    it('nudges once at its start, however many times were missed', async () => {
      for (const lookedUntil of ['2026-11-21T12:00:00Z', '2026-11-18T12:00:00Z', '2025-11-22T12:00:00Z'])
        expect(await nudgesOf({ lookedUntil, ...down })).to.deep.equal(['2026-11-22T12:00:00.000Z']);
    });

    it('nudges for no due time that was looked after', async () => {
      for (const lookedUntil of ['2026-11-22T08:30:00Z', '2026-11-22T09:00:00Z', undefined])
        expect(await nudgesOf({ ...(lookedUntil ? { lookedUntil } : {}), ...down })).to.deep.equal([]);
    });

    it('nudges for none with catch_up: false', async () => {
      const lookedUntil = '2026-11-18T12:00:00Z';
      expect(await nudgesOf({ lookedUntil, catchUp: false, ...down })).to.deep.equal([]);
    });

    it('knows by the zone what it missed in the nights in which clocks change', async () => {
      const spring = { lookedUntil: '2026-03-07T12:00:00Z', to: '2026-03-08T18:00:00Z' };
      // 02:30 is not shown in this night; its turn is at 03:00, which is 08:00 UTC.
      expect(await nudgesOf({ ...spring, from: '2026-03-08T07:59:00Z' })).to.deep.equal([
        '2026-03-08T08:00:00.000Z',
      ]);
      expect(await nudgesOf({ ...spring, from: '2026-03-08T08:10:00Z' })).to.deep.equal([
        '2026-03-08T08:10:00.000Z',
      ]);
      // 01:30 was met the first time that it was shown; the second time is no other.
      const autumn = { cron: '30 1 * * *', from: '2026-11-01T07:15:00Z', to: '2026-11-01T18:00:00Z' };
      expect(await nudgesOf({ ...autumn, lookedUntil: '2026-11-01T06:30:00Z' })).to.deep.equal([]);
      expect(await nudgesOf({ ...autumn, lookedUntil: '2026-10-31T12:00:00Z' })).to.deep.equal([
        '2026-11-01T07:15:00.000Z',
      ]);
    });
  });

  describe('where the clock jumps', () => {
    const once = (atTime: string, byMs: number) => {
      let isDone = false;
      return (nowMs: number) => {
        if (isDone || nowMs < at(atTime)) return 0;
        isDone = true;
        return byMs;
      };
    };
    const HOUR_MS = 3_600_000;
    const night = { from: '2026-11-22T00:00:00-06:00', to: '2026-11-22T12:00:00-06:00' };

    it('makes good what a machine slept through, or leaves it where it is told to', async () => {
      const jump = () => once('2026-11-22T02:00:00-06:00', 3 * HOUR_MS);
      const nudges = await nudgesOf({ ...night, jump: jump() });
      expect(nudges).to.have.length(1);
      expect(nudges[0]).to.match(/^2026-11-22T11:0/);
      expect(await nudgesOf({ ...night, catchUp: false, jump: jump() })).to.deep.equal([]);
    });

    it('meets no due time twice where the clock is set back', async () => {
      const jump = once('2026-11-22T02:45:00-06:00', -HOUR_MS);
      expect(await nudgesOf({ ...night, jump })).to.deep.equal(['2026-11-22T08:30:00.000Z']);
    });

    it('runs the night that a wrong clock had passed over', async () => {
      const ahead = once('2026-11-22T02:00:00-06:00', 3 * HOUR_MS);
      const back = once('2026-11-22T05:00:30-06:00', -3 * HOUR_MS);
      const jump = (nowMs: number) => ahead(nowMs) + back(nowMs);
      expect(await nudgesOf({ ...night, catchUp: false, jump })).to.deep.equal(['2026-11-22T08:30:00.000Z']);
    });

    it('is not silenced by a mark that a wrong clock left', async () => {
      expect(await nudgesOf({ ...night, lookedUntil: '2031-01-01T00:00:00Z' })).to.deep.equal([
        '2026-11-22T08:30:00.000Z',
      ]);
    });
  });
});
