import { createTask } from 'node-cron';
import type { ScheduleSettings } from './schema.ts';

/** The next time of a cron schedule, ISO 8601 in UTC; null where the schedule follows the drops. */
export function nextDue(schedule: ScheduleSettings, zone: string): string | null {
  if (!('cron' in schedule)) return null;
  const task = createTask(schedule.cron, () => undefined, { timezone: zone });
  // Of a task that was never started it knows the next runs, but not `the` next run.
  return task.getNextRuns(1)[0]?.toISOString() ?? null;
}
