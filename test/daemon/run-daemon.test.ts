import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Job } from '../../src/daemon/job.ts';
import { runDaemon } from '../../src/daemon/run-daemon.ts';
import { openLogger } from '../../src/log/logger.ts';
import { systemClock } from '../../src/time/clock.ts';

describe('runDaemon', () => {
  let folder: string;
  let stop: AbortController;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemon-'));
    stop = new AbortController();
    looks = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = (jobs: Job[]) =>
    runDaemon(jobs, { clock: systemClock, logger: openLogger('silent'), signal: stop.signal });
  const aJob = (change: Partial<Job>): Job => ({
    name: 'north',
    schedule: { watch: true },
    zone: 'UTC',
    pollMs: 60_000,
    look: async () => ({ kind: 'done' }),
    ...change,
  });
  let looks = 0;
  const counted: Job['look'] = async () => {
    looks++;
    return { kind: 'done' };
  };
  const until = async (isSo: () => boolean) => {
    for (let look = 0; look < 300 && !isSo(); look++) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSo()).to.equal(true);
  };

  it('looks soon after something was dropped, long before its turn', async () => {
    const daemon = run([aJob({ watchFolder: folder, look: counted })]);
    await until(() => looks > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = looks;
    await writeFile(join(folder, 'x.part'), 'a');
    await rename(join(folder, 'x.part'), join(folder, 'x.csv'));
    await until(() => looks > before);
    stop.abort();
    await daemon;
  });

  it('ends when the look at work has ended, and begins no other', async () => {
    let end: () => void = () => undefined;
    const look: Job['look'] = () =>
      new Promise((resolve) => {
        looks++;
        end = () => resolve({ kind: 'done' });
      });
    let isOver = false;
    const daemon = run([aJob({ schedule: { every: '1s' }, pollMs: 10, look })]).then(() => {
      isOver = true;
    });
    await until(() => looks === 1);
    stop.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isOver).to.equal(false);
    end();
    await daemon;
    expect(looks).to.equal(1);
  });

  it('runs at the times of a cron expression', async () => {
    const triggers: string[] = [];
    const look: Job['look'] = async (trigger) => {
      triggers.push(trigger);
      return { kind: 'done' };
    };
    const daemon = run([aJob({ schedule: { cron: '* * * * * *', catch_up: true }, look })]);
    await until(() => triggers.length > 0);
    stop.abort();
    await daemon;
    expect(new Set(triggers)).to.deep.equal(new Set(['schedule']));
  });

  it('goes on where the folder to watch is not there', async () => {
    const job = aJob({
      watchFolder: join(folder, 'none'),
      pollMs: 20,
      look: counted,
    });
    const daemon = run([job]);
    await until(() => looks > 2);
    stop.abort();
    await daemon;
  });
});
