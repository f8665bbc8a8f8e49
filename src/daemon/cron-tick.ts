import { schedule } from 'node-cron';

/** Nudges at the times of a cron expression, in its zone. */
export function openCronTick(expression: string, zone: string, nudge: () => void): () => Promise<void> {
  const task = schedule(expression, nudge, { timezone: zone });
  return async () => {
    await task.destroy();
  };
}
