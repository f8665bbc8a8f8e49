/**
 * Daemon: when, not what.
 *
 * in:       jobs, each with a schedule and a `look` that it may ask for
 * out:      looks, one at a time a job, until it is told to stop
 * promises: a watcher or a clock only nudges; a full look decides, and comes around even where no nudge does
 * never:    knows of schools, or gives up because one look failed
 */
import { asAppError } from '../errors/app-error.ts';
import { followCron } from './cron-loop.ts';
import { openFolderWatch } from './folder-watch.ts';
import type { DaemonTools, Job } from './job.ts';
import { type JobLoop, openJobLoop } from './job-loop.ts';

export interface Daemon {
  /**
   * Serves these jobs from now on, and no other. A job that is not among them ends after the look that is at work; one that
   * has the name of an earlier job begins when that has ended.
   */
  follow(jobs: readonly Job[]): void;
  /** Fulfilled when the signal is aborted and the last look has ended. */
  ended(): Promise<void>;
}

interface Served {
  stop(): void;
  ended: Promise<void>;
}

export function openDaemon(tools: DaemonTools): Daemon {
  const served = new Map<string, Served>();

  function follow(jobs: readonly Job[]): void {
    for (const one of served.values()) one.stop();
    for (const job of jobs) {
      const before = served.get(job.name)?.ended;
      served.set(job.name, serveAfter(before, job, tools));
    }
  }

  return {
    follow,
    async ended() {
      await untilAborted(tools.signal);
      await Promise.all([...served.values()].map((one) => one.ended));
    },
  };
}

function serveAfter(before: Promise<void> | undefined, job: Job, tools: DaemonTools): Served {
  const own = new AbortController();
  const signal = AbortSignal.any([tools.signal, own.signal]);
  const serving = async () => {
    await before;
    await serve(job, { ...tools, signal });
  };
  const ended = serving().catch((thrown: unknown) => {
    const { code, message } = asAppError(thrown);
    tools.logger.error({ connection: job.name, code, message }, 'the schedule of a connection broke off');
  });
  return { stop: () => own.abort(), ended };
}

async function serve(job: Job, tools: DaemonTools): Promise<void> {
  if (tools.signal.aborted) return;
  const loop = openJobLoop(job, tools);
  const { schedule } = job;
  if ('cron' in schedule) return serveCron(job, loop, tools);
  loop.repeat('every' in schedule ? 'schedule' : 'watch', job.pollMs);
  const isWatched = 'watch' in schedule && job.watchFolder !== undefined;
  const close = isWatched
    ? openFolderWatch(job.watchFolder ?? '', () => loop.nudge('watch'), tools.logger)
    : undefined;
  await untilAborted(tools.signal);
  await close?.();
  await loop.idle();
}

async function serveCron(job: Job, loop: JobLoop, tools: DaemonTools): Promise<void> {
  const lookedUntilMs = await followCron(job, loop.nudge, tools);
  await loop.idle();
  if (!loop.isOwing()) await job.noteLooked?.(lookedUntilMs);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
