/**
 * Daemon: when, not what.
 *
 * in:       jobs, each with a schedule and a `look` that it may ask for
 * out:      looks, one at a time a job, until it is told to stop
 * promises: a watcher or a clock only nudges; a full look decides, and comes around even where no nudge does
 * never:    knows of schools, or gives up because one look failed
 */
import { followCron } from './cron-loop.ts';
import { openFolderWatch } from './folder-watch.ts';
import type { DaemonTools, Job } from './job.ts';
import { type JobLoop, openJobLoop } from './job-loop.ts';

/** Ends when the signal is aborted and the last look has ended. */
export async function runDaemon(jobs: readonly Job[], tools: DaemonTools): Promise<void> {
  const loops = jobs.map((job) => openJobLoop(job, tools));
  const closers = await Promise.all(jobs.map((job, index) => openNudges(job, loops[index], tools)));
  try {
    await untilAborted(tools.signal);
  } finally {
    await Promise.all(closers.map((close) => close()));
    await Promise.all(loops.map((loop) => loop.idle()));
  }
}

async function openNudges(
  job: Job,
  loop: JobLoop | undefined,
  tools: DaemonTools,
): Promise<() => Promise<void>> {
  if (!loop) return async () => undefined;
  const { schedule } = job;
  if ('cron' in schedule) {
    const following = followCron(job, loop.nudge, tools);
    return () => following;
  }
  if ('every' in schedule) {
    loop.repeat('schedule', job.pollMs);
    return async () => undefined;
  }
  loop.repeat('watch', job.pollMs);
  if (job.watchFolder === undefined) return async () => undefined;
  return openFolderWatch(job.watchFolder, () => loop.nudge('watch'), tools.logger);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
