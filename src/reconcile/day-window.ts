import { isCalendarDate } from '../time/calendar-date.ts';

/** Days of every year, MM-dd, both included; where `from` is after `to` it goes over the new year. */
export interface DayWindow {
  from: string;
  to: string;
}

/** The first and the last day, yyyy-MM-dd, of the window that is open on this date; undefined where it is closed. */
export function openWindow(
  date: string,
  { from, to }: DayWindow,
): { from: string; until: string } | undefined {
  const year = Number(date.slice(0, 4));
  const isOverNewYear = from > to;
  for (const first of isOverNewYear ? [year - 1, year] : [year]) {
    const span = { from: dayOf(first, from), until: dayOf(isOverNewYear ? first + 1 : first, to) };
    if (span.from <= date && date <= span.until) return span;
  }
  return undefined;
}

/** 02-29 is the last day of February in every year. */
function dayOf(year: number, monthDay: string): string {
  const day = `${String(year).padStart(4, '0')}-${monthDay}`;
  return isCalendarDate(day) ? day : `${day.slice(0, 4)}-02-28`;
}
