import type { Trigger } from '../vocabulary/run.ts';
import { openDueTimes } from './due-times.ts';
import type { DaemonTools, Job } from './job.ts';

/** A machine that slept, or a clock that was set, is noticed after so long. */
const LONGEST_WAIT_MS = 60_000;
/** Later than this, a due time was missed rather than met. */
const LATE_MS = 2 * LONGEST_WAIT_MS;
/** What was seen so far ahead was seen by a clock that was wrong. */
const WRONG_CLOCK_MS = 86_400_000;

/**
 * Nudges at the due times of a cron schedule, until the signal is aborted; answers until when it has looked after them.
 * What is due is asked of the clock again and again rather than left to one long timer. Several due times that were missed
 * are one nudge; with `catch_up: false` they are none. No due time is met twice, also where the clock is set back.
 */
export async function followCron(
  job: Job,
  nudge: (trigger: Trigger) => void,
  tools: DaemonTools,
): Promise<number> {
  const { clock, signal } = tools;
  const { schedule, zone } = job;
  const lookedUntilMs = await job.lookedUntil?.();
  let seenMs = lookedUntilMs ?? clock.now();
  if (!('cron' in schedule)) return seenMs;
  const times = openDueTimes({ cron: schedule.cron, zone });
  const nextAfter = (ms: number) => times.next(ms) ?? Number.POSITIVE_INFINITY;
  let nextMs = nextAfter(seenMs);
  let isPassedOver = false;
  let lookedMs = seenMs;
  while (!signal.aborted) {
    const nowMs = clock.now();
    // What a wrong clock has passed over was not missed: it comes again.
    if (seenMs > nowMs + WRONG_CLOCK_MS || (isPassedOver && seenMs > nowMs)) {
      seenMs = nowMs;
      nextMs = nextAfter(seenMs);
    }
    if (nextMs <= nowMs) {
      seenMs = times.latest({ afterMs: seenMs, untilMs: nowMs }) ?? nextMs;
      nextMs = nextAfter(seenMs);
      isPassedOver = !isToBeMet({ job, catchUp: schedule.catch_up, dueMs: seenMs, nowMs }, tools);
      if (!isPassedOver) nudge('schedule');
    }
    // What falls due in this wait, and is not seen because the wait is the last one, is left to the next start.
    lookedMs = Math.max(seenMs, nowMs);
    await clock.sleep(Math.min(Math.max(nextMs - nowMs, 1), LONGEST_WAIT_MS), signal).catch(() => undefined);
  }
  return lookedMs;
}

interface Due {
  job: Job;
  catchUp: boolean;
  dueMs: number;
  nowMs: number;
}

function isToBeMet({ job, catchUp, dueMs, nowMs }: Due, { logger }: DaemonTools): boolean {
  if (nowMs - dueMs <= LATE_MS) return true;
  const then = catchUp ? 'looking now' : 'waiting for the next';
  logger.info({ connection: job.name, due: new Date(dueMs).toISOString() }, `a due time was missed, ${then}`);
  return catchUp;
}
