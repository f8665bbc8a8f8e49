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
 * Nudges at the due times of a cron schedule, until the signal is aborted.
 * What is due is asked of the clock again and again rather than left to one long timer. Several due times that were missed
 * are one nudge; with `catch_up: false` they are none. No due time is met twice, also where the clock is set back.
 */
export async function followCron(
  job: Job,
  nudge: (trigger: Trigger) => void,
  tools: DaemonTools,
): Promise<void> {
  const { schedule, zone, name } = job;
  if (!('cron' in schedule)) return;
  const { clock, signal, logger } = tools;
  const times = openDueTimes({ cron: schedule.cron, zone });
  let seenMs = job.lookedUntilMs ?? clock.now();
  while (!signal.aborted) {
    const nowMs = clock.now();
    if (seenMs > nowMs + WRONG_CLOCK_MS) seenMs = nowMs;
    const dueMs = times.latest({ afterMs: seenMs, untilMs: nowMs });
    if (dueMs !== undefined) {
      seenMs = dueMs;
      const isLate = nowMs - dueMs > LATE_MS;
      const then = schedule.catch_up ? 'looking now' : 'waiting for the next';
      if (isLate)
        logger.info(
          { connection: name, due: new Date(dueMs).toISOString() },
          `a due time was missed, ${then}`,
        );
      if (!isLate || schedule.catch_up) nudge('schedule');
    }
    const nextMs = times.next(Math.max(seenMs, nowMs)) ?? Number.POSITIVE_INFINITY;
    await clock.sleep(Math.min(Math.max(nextMs - nowMs, 1), LONGEST_WAIT_MS), signal).catch(() => undefined);
  }
}
