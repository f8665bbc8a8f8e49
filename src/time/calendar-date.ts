/**
 * Time: days, school years, clocks and the words for them; the only door to luxon and to "now".
 *
 * in:       texts in a written pattern, instants, zones
 * out:      days as 'yyyy-MM-dd', which sort as text, or undefined where a text is no such day
 * promises: a day of birth never goes through a time zone; nothing impossible is rolled over
 * never:    guesses a pattern, follows the locale or the zone of the machine
 */

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_MS = 86_400_000;

/** Whether the text is a real day, written yyyy-MM-dd: 2026-02-29 is none. */
export function isCalendarDate(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const [year, month, day] = [yearOf(text), Number(text.slice(5, 7)), Number(text.slice(8))];
  return year > 0 && day >= 1 && day <= daysOf(year, month);
}

/** 0 of a month that is none. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/**
 * Age in completed years; negative before the birth.
 * Someone born on February 29 completes a year on February 29 and, in a common year, on March 1: on February 28 the
 * day of birth has not come round yet.
 */
export function completedYears(birth: string, on: string): number {
  const years = yearOf(on) - yearOf(birth);
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

export function addDays(date: string, days: number): string {
  const instant = new Date(0);
  instant.setUTCFullYear(yearOf(date), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
  return isoDay(new Date(instant.getTime() + days * DAY_MS));
}

/** The same day of another year; February 29 becomes March 1 in a common year, as in `completedYears`. */
export function addYears(date: string, years: number): string {
  return dateOf(yearOf(date) + years, Number(date.slice(5, 7)), Number(date.slice(8)));
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** A day that does not exist runs over into the next month; callers compare or rely on it. */
function dateOf(year: number, month: number, day: number): string {
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  return isoDay(instant);
}

function isoDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
