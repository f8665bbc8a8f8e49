import { expect } from 'chai';
import type { DaemonTools, Job, LookResult } from '../../src/daemon/job.ts';
import { openJobLoop } from '../../src/daemon/job-loop.ts';
import { openLogger } from '../../src/log/logger.ts';

/** A clock that only moves when it is told to; sleepers wake when their time has come. */
function openClock() {
  let nowMs = 0;
  const sleepers: { atMs: number; wake: () => void }[] = [];
  return {
    clock: {
      now: () => nowMs,
      monotonicMs: () => nowMs,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          sleepers.push({ atMs: nowMs + ms, wake: resolve });
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    },
    async pass(ms: number): Promise<void> {
      nowMs += ms;
      for (const due of sleepers.filter(({ atMs }) => atMs <= nowMs)) {
        sleepers.splice(sleepers.indexOf(due), 1);
        due.wake();
      }
      await settled();
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('openJobLoop', () => {
  let stop: AbortController;
  let time: ReturnType<typeof openClock>;
  let looks: string[];
  beforeEach(() => {
    stop = new AbortController();
    time = openClock();
    looks = [];
  });
  afterEach(() => stop.abort());

  function loopOf(look: () => Promise<LookResult>) {
    const tools: DaemonTools = { clock: time.clock, logger: openLogger('silent'), signal: stop.signal };
    const job: Job = {
      name: 'north',
      schedule: { watch: true },
      zone: 'UTC',
      pollMs: 1000,
      look: async (trigger) => {
        looks.push(trigger);
        return look();
      },
    };
    return openJobLoop(job, tools);
  }
  const DONE: LookResult = { kind: 'done' };

  it('looks once at a time, and once more where it was asked meanwhile', async () => {
    const ends: (() => void)[] = [];
    const loop = loopOf(() => new Promise((resolve) => ends.push(() => resolve(DONE))));
    loop.nudge('watch');
    loop.nudge('schedule');
    loop.nudge('watch');
    expect(looks).to.deep.equal(['watch']);
    ends[0]?.();
    await settled();
    expect(looks).to.deep.equal(['watch', 'watch']);
    ends[1]?.();
    await settled();
    expect(looks).to.have.length(2);
  });

  it('comes around by itself, counted from the end of the last look', async () => {
    loopOf(async () => DONE).repeat('watch', 5000);
    await settled();
    expect(looks).to.have.length(1);
    await time.pass(4999);
    expect(looks).to.have.length(1);
    await time.pass(1);
    expect(looks).to.have.length(2);
  });

  it('waits longer after each trouble, whatever nudges, and tries again by itself', async () => {
    const loop = loopOf(async () => ({ kind: 'trouble', code: 'host_unreachable', isFinal: false }));
    loop.nudge('schedule');
    await settled();
    loop.nudge('watch');
    expect(looks, 'nudged in the wait').to.have.length(1);
    await time.pass(1000);
    expect(looks, 'after one interval').to.have.length(2);
    await time.pass(999);
    expect(looks, 'the second wait is longer').to.have.length(2);
    await time.pass(1001);
    expect(looks).to.have.length(3);
  });

  it('leaves a refused login alone for a quarter of an hour', async () => {
    const loop = loopOf(async () => ({ kind: 'trouble', code: 'login_refused', isFinal: true }));
    loop.repeat('watch', 1000);
    await settled();
    for (let second = 0; second < 899; second++) await time.pass(1000);
    expect(looks).to.have.length(1);
    await time.pass(1000);
    expect(looks).to.have.length(2);
  });

  it('ends for good where it is stopped', async () => {
    const loop = loopOf(async () => DONE);
    stop.abort();
    loop.nudge('watch');
    await loop.idle();
    expect(looks).to.have.length(0);
  });

  it('lives on where a look breaks off, and looks again', async () => {
    const loop = loopOf(async () => {
      throw new Error('a defect');
    });
    loop.nudge('schedule');
    await settled();
    expect(loop.isOwing()).to.equal(true);
    await time.pass(1000);
    expect(looks).to.have.length(2);
  });
});
