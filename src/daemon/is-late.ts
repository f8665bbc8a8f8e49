import { addDays } from '../time/calendar-date.ts';
import type { ExpectSettings } from './schema.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** Every day of the week comes around within it. */
const LOOKED_BACK_DAYS = 7;

export interface LateFacts {
  /** yyyy-MM-dd and HHmmss in the zone of the service. */
  date: string;
  time: string;
  /** The business date of the last run, or undefined where there was none. */
  lastRunDate: string | undefined;
  /** Days on which nothing is expected, because the connection was paused. */
  isPaused?: (date: string) => boolean;
}

/**
 * The last day whose drop should have been carried by now and was not, yyyy-MM-dd; undefined where none is owed.
 * A drop stays late over a weekend. Of the days before the very first run nothing is said.
 */
export function findLateDay(expect: ExpectSettings | undefined, facts: LateFacts): string | undefined {
  if (expect?.by === undefined) return undefined;
  const { date, time, lastRunDate, isPaused = () => false } = facts;
  const isPast = time.slice(0, 4) >= expect.by.replace(':', '');
  for (let back = isPast ? 0 : 1; back <= LOOKED_BACK_DAYS; back += 1) {
    const day = addDays(date, -back);
    if (!isExpectedOn(expect, day) || isPaused(day)) continue;
    if (lastRunDate === undefined) return back === 0 ? day : undefined;
    return lastRunDate < day ? day : undefined;
  }
  return undefined;
}

function isExpectedOn({ days }: ExpectSettings, date: string): boolean {
  const day = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun';
  return days === undefined || days.includes(day);
}
