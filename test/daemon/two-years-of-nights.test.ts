/** Every night of two years, in zones that change their clocks by an hour, by half an hour, in the south, and not at all. */
import { expect } from 'chai';
import { followCron } from '../../src/daemon/cron-loop.ts';
import type { Job } from '../../src/daemon/job.ts';
import { openLogger } from '../../src/log/logger.ts';
import { addDays } from '../../src/time/calendar-date.ts';
import { dateInZone } from '../../src/time/wall-time.ts';

const FIRST = '2026-01-01';
const NIGHTS = 731;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Clocks change on these days, so that the nights that matter are really among those that are walked. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  'America/Chicago': ['2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07'],
  'America/Phoenix': [],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04', '2027-04-04', '2027-10-03'],
  'Europe/Berlin': ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'],
};

interface Walk {
  zone: string;
  cron: string;
  /** How long the daemon was down or the machine asleep, from which instant on; answers 0 for nearly all. */
  outageMs?: (nowMs: number) => number;
  /** Added to what the clock shows. */
  errorMs?: (nowMs: number) => number;
}

/** The days of the nudges, as the wall of the zone has them, in their order. */
async function nightsOf({ zone, cron, outageMs = () => 0, errorMs = () => 0 }: Walk): Promise<string[]> {
  let nowMs = Date.parse(`${FIRST}T00:00:00Z`) - DAY_MS;
  const endMs = nowMs + (NIGHTS + 2) * DAY_MS;
  const nights: string[] = [];
  let lookedUntilMs = nowMs;
  while (nowMs < endMs) {
    const stop = new AbortController();
    const clock = {
      now: () => nowMs + errorMs(nowMs),
      monotonicMs: () => nowMs,
      async sleep(ms: number) {
        nowMs += ms;
        if (nowMs >= endMs || outageMs(nowMs) > 0) stop.abort();
      },
    };
    const job: Job = {
      name: 'north',
      schedule: { cron, catch_up: true },
      zone,
      pollMs: 1000,
      look: async () => ({ kind: 'done' }),
      lookedUntil: async () => lookedUntilMs,
    };
    const note = () => nights.push(dateInZone(nowMs, zone));
    lookedUntilMs = await followCron(job, note, { clock, logger: openLogger('silent'), signal: stop.signal });
    nowMs += outageMs(nowMs);
  }
  const last = addDays(FIRST, NIGHTS - 1);
  return nights.filter((night) => night >= FIRST && night <= last);
}

const EVERY_NIGHT = Array.from({ length: NIGHTS }, (_, at) => addDays(FIRST, at));

describe('two years of nights', () => {
  for (const [zone, changes] of Object.entries(ZONES)) {
    it(`run once each in ${zone}, also those in which clocks change`, async () => {
      expect(EVERY_NIGHT).to.include.members([...changes]);
      for (const cron of ['30 2 * * *', '0 2 * * *', '45 1 * * *'])
        expect(await nightsOf({ zone, cron }), cron).to.deep.equal(EVERY_NIGHT);
    });
  }

  it('run once each where the daemon is stopped in each of them, before, at and after the hour', async () => {
    let seed = 1;
    const chance = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const begins = (atMs: number) => chance() < MINUTE_MS / DAY_MS / 0.5 && atMs > 0;
    const outageMs = new Map<number, number>();
    const lookUp = (nowMs: number) => {
      const known = outageMs.get(nowMs);
      if (known !== undefined) return known;
      const found = begins(nowMs) ? Math.ceil(chance() * 9 * 60) * MINUTE_MS : 0;
      if (found > 0) outageMs.set(nowMs, found);
      return found;
    };
    for (const zone of Object.keys(ZONES)) {
      outageMs.clear();
      const nights = await nightsOf({ zone, cron: '30 2 * * *', outageMs: lookUp });
      expect(outageMs.size, 'stops').to.be.greaterThan(300);
      expect(nights, zone).to.deep.equal(EVERY_NIGHT);
    }
  });

  it('run once each where the clock goes wrong by minutes and is set right again', async () => {
    const errorMs = (nowMs: number) => {
      const day = Math.floor(nowMs / DAY_MS);
      return day % 3 === 0 ? ((day % 7) - 3) * 7 * MINUTE_MS : 0;
    };
    const nights = await nightsOf({ zone: 'America/Chicago', cron: '30 2 * * *', errorMs });
    expect(nights).to.deep.equal(EVERY_NIGHT);
  });
});
