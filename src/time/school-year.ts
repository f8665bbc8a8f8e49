import type { SchoolYear } from '../vocabulary/run.ts';
import { addDays, isCalendarDate } from './calendar-date.ts';

export const SCHOOL_YEAR_FORMATS = ['start', 'end', 'span', 'short'] as const;
export type SchoolYearFormat = (typeof SCHOOL_YEAR_FORMATS)[number];

/** The school year that the day lies in. @param startsOn its first day each year, MM-dd. */
export function schoolYearOf(date: string, startsOn: string): SchoolYear {
  const year = Number(date.slice(0, 4));
  const startYear = date >= dayOfYear(year, startsOn) ? year : year - 1;
  return {
    startYear,
    firstDay: dayOfYear(startYear, startsOn),
    lastDay: addDays(dayOfYear(startYear + 1, startsOn), -1),
  };
}

/** The day MM-dd that lies within the school year; 02-29 is 02-28 where that February has 28 days. */
export function dayInSchoolYear(year: SchoolYear, monthDay: string): string {
  const early = dayOfYear(year.startYear, monthDay);
  return early >= year.firstDay ? early : dayOfYear(year.startYear + 1, monthDay);
}

/** 2026 (start), 2027 (end: the year of the last day), 2026-2027 (span), 26-27 (short). */
export function formatSchoolYear(year: SchoolYear, format: SchoolYearFormat): string {
  const start = String(year.startYear).padStart(4, '0');
  const end = year.lastDay.slice(0, 4);
  if (format === 'start') return start;
  if (format === 'end') return end;
  return format === 'span' ? `${start}-${end}` : `${start.slice(2)}-${end.slice(2)}`;
}

function dayOfYear(year: number, monthDay: string): string {
  const date = `${String(year).padStart(4, '0')}-${monthDay}`;
  return monthDay === '02-29' && !isCalendarDate(date) ? `${date.slice(0, 8)}28` : date;
}
