import { isoInZone } from '../time/run-day.ts';
import { openDueTimes } from './due-times.ts';
import type { ScheduleSettings } from './schema.ts';

/** The next time of a cron schedule, ISO 8601 with the offset of the zone; null where the schedule follows the drops. */
export function nextDue(schedule: ScheduleSettings, zone: string, afterMs: number): string | null {
  if (!('cron' in schedule)) return null;
  const dueMs = openDueTimes({ cron: schedule.cron, zone }).next(afterMs);
  return dueMs === undefined ? null : isoInZone(dueMs, zone);
}
