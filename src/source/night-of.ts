import { isCalendarDate } from '../time/calendar-date.ts';

/** A year first, or a month and a day first; with dashes, underlines, dots or nothing between, the same each time. */
const YEAR_FIRST = /(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)/g;
const YEAR_LAST = /(?<!\d)(\d\d)([-_.]?)(\d\d)\2(20\d\d)(?!\d)/g;
/** 20261122020001: a date with the time of day behind it. */
const WITH_TIME = /(?<!\d)(20\d\d)()(\d\d)(\d\d)(?:\d{4}|\d{6})(?!\d)/g;

/**
 * The day that a file name speaks of, yyyy-MM-dd; undefined where it speaks of none, or of several.
 * Only a day of the calendar counts: a number of eight digits is seldom one by accident.
 */
export function nightOf(name: string): string | undefined {
  const days = [YEAR_FIRST, WITH_TIME].flatMap((pattern) =>
    [...name.matchAll(pattern)].map(([, year, , month, day]) => `${year}-${month}-${day}`),
  );
  const others = [...name.matchAll(YEAR_LAST)].map(([, month, , day, year]) => `${year}-${month}-${day}`);
  const real = new Set([...days, ...others].filter(isCalendarDate));
  return real.size === 1 ? [...real][0] : undefined;
}
