import type { ExpectSettings } from './schema.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export interface LateFacts {
  /** yyyy-MM-dd and HHmmss in the zone of the service. */
  date: string;
  time: string;
  /** The business date of the last run, or undefined where there was none. */
  lastRunDate: string | undefined;
}

/** Whether the drop of today should have been carried by now, and was not. */
export function isLate(expect: ExpectSettings | undefined, facts: LateFacts): boolean {
  if (expect?.by === undefined) return false;
  const day = DAYS[new Date(`${facts.date}T00:00:00Z`).getUTCDay()] ?? 'sun';
  if (expect.days && !expect.days.includes(day)) return false;
  return facts.time.slice(0, 4) >= expect.by.replace(':', '') && facts.lastRunDate !== facts.date;
}
