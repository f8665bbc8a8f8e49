import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Job } from '../../src/daemon/job.ts';
import { openDaemon } from '../../src/daemon/open-daemon.ts';
import { openLogger } from '../../src/log/logger.ts';
import { systemClock } from '../../src/time/clock.ts';

describe('openDaemon', () => {
  let folder: string;
  let stop: AbortController;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemon-'));
    stop = new AbortController();
    looks = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = () => openDaemon({ clock: systemClock, logger: openLogger('silent'), signal: stop.signal });
  const run = (jobs: Job[]) => {
    const daemon = open();
    daemon.follow(jobs);
    return daemon.ended();
  };
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

  it('lets a job that is gone end after its look, and begins its successor only then', async () => {
    const events: string[] = [];
    let end: () => void = () => undefined;
    const slow: Job['look'] = () =>
      new Promise((resolve) => {
        events.push('old look');
        end = () => resolve({ kind: 'done' });
      });
    const fresh =
      (name: string): Job['look'] =>
      async () => {
        events.push(name);
        return { kind: 'done' };
      };
    const daemon = open();
    daemon.follow([aJob({ schedule: { every: '1s' }, pollMs: 10, look: slow })]);
    await until(() => events.length === 1);
    daemon.follow([
      aJob({ look: fresh('new look') }),
      aJob({ name: 'south', look: fresh('another connection') }),
    ]);
    await until(() => events.includes('another connection'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).to.not.include('new look');
    end();
    await until(() => events.includes('new look'));
    daemon.follow([]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = events.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events).to.have.length(before);
    stop.abort();
    await daemon.ended();
  });

  it('notes until when a cron schedule was followed, unless a look is owed', async () => {
    const noted: number[] = [];
    const noteLooked = async (atMs: number) => {
      noted.push(atMs);
    };
    let answers: Awaited<ReturnType<Job['look']>> = { kind: 'done' };
    const cron = { cron: '0 0 29 2 *', catch_up: true };
    const lookedUntil = async () => Date.now() - 5 * 366 * 86_400_000;
    const look: Job['look'] = async () => {
      looks++;
      return answers;
    };
    const daemon = open();
    daemon.follow([aJob({ schedule: cron, look, lookedUntil, noteLooked })]);
    await until(() => looks === 1);
    answers = { kind: 'trouble', code: 'host_unreachable', isFinal: true };
    daemon.follow([aJob({ schedule: cron, look, lookedUntil, noteLooked })]);
    await until(() => looks === 2);
    stop.abort();
    await daemon.ended();
    expect(noted).to.have.length(1);
    expect(Date.now() - (noted[0] ?? 0)).to.be.below(10_000);
  });
});
