import { DateTime } from 'luxon';
import { AppError } from '../errors/app-error.ts';
import { isCalendarDate } from './calendar-date.ts';
import * as tokens from './format-tokens.ts';
import { compilePlainReader } from './read-plain-date.ts';
import { rememberAnswers } from './remember-answers.ts';

/**
 * How a two-digit year is completed. A number N: 00 to N lie in 20xx, the rest in 19xx. `notAfter` (yyyy-MM-dd): the
 * latest century in which the date does not lie after that day, as birth dates need it. Without: luxon's own rule.
 */
export type Pivot = number | { notAfter: string };

export interface DateReaderOptions {
  pivot?: Pivot;
}

/** Answers yyyy-MM-dd, or undefined where the text is no real day in any of the formats. */
export type DateReader = (text: string) => string | undefined;

const LOCALE = { locale: 'en-US', numberingSystem: 'latn' } as const;
/** No school has anything from outside these; 0001-01-01 is how some programs write "none". */
const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

/**
 * Reads days written in luxon's tokens, strictly; the first format that fits decides. White space around is no part of the
 * text. A time of day in the format must be real too, and is then left away, as is its zone: the day is the one written.
 * The answers are remembered, because luxon is a hundred times slower than the rows that come in.
 * Throws `config_invalid` for a format that names no day: see `whyNotADateFormat`.
 */
export function compileDateReader(formats: readonly string[], options: DateReaderOptions = {}): DateReader {
  const readers = formats.map((format) => compileFormat(format, options.pivot));
  return rememberAnswers((text) => {
    const trimmed = text.trim();
    for (const read of readers) {
      const date = read(trimmed);
      if (date !== undefined) return date;
    }
    return undefined;
  });
}

/**
 * Why days cannot be read in a format; undefined where they can.
 * The words follow on a subject that the caller chooses: `The format "MM/YYYY" ${answer}`.
 */
export function whyNotADateFormat(format: string): string | undefined {
  const used = tokens.tokensOf(format);
  return tokens.describeUnknown(used, tokens.READABLE) ?? describeMissing(used) ?? describeConflict(used);
}

function describeMissing(used: readonly string[]): string | undefined {
  const has = (some: readonly string[]) => used.some((token) => some.includes(token));
  if (!has(tokens.YEAR)) return `has no year: write yyyy (or yy); ${tokens.WHOLE_FORMAT}`;
  if (has(tokens.DAY_OF_YEAR)) return undefined;
  const minutes = tokens.describeMinutesForMonths(used);
  if (minutes !== undefined) return minutes;
  if (!has(tokens.MONTH)) return `has no month: write MM (or M, MMM); ${tokens.WHOLE_FORMAT}`;
  if (!has(tokens.DAY)) return `has no day of the month: write dd (or d); ${tokens.WHOLE_FORMAT}`;
  return undefined;
}

/** luxon throws for these only when it meets the first row, or takes one of the two. */
function describeConflict(used: readonly string[]): string | undefined {
  const count = (some: readonly string[]) => used.filter((token) => some.includes(token)).length;
  if (count(tokens.YEAR) > 1) return 'names the year twice';
  if (count(tokens.MONTH) > 1) return 'names the month twice';
  if (count(tokens.DAY) > 1) return 'names the day twice';
  if (count(tokens.DAY_OF_YEAR) > 0 && count(tokens.MONTH) + count(tokens.DAY) > 0)
    return 'has the day of the year beside a month or a day of the month: write one of the two';
  if (used.includes('a') && count(tokens.HOUR_24) > 0)
    return 'has AM or PM beside an hour of 24: write hh (or h) for an hour of 12';
  if (used.includes('yy') && count(tokens.WEEKDAY) > 0)
    return 'has a weekday beside a two-digit year, so neither can be checked: write yyyy';
  return undefined;
}

function compileFormat(format: string, pivot: Pivot | undefined): DateReader {
  const fault = whyNotADateFormat(format);
  if (fault !== undefined) throw new AppError('config_invalid', `The date format "${format}" ${fault}`);
  const read = compileReader(format);
  if (!tokens.tokensOf(format).includes('yy')) return read;
  // luxon lets yy read four digits as well: those need no century.
  const readFourDigits = compileReader(withFourDigitYear(format));
  return (text) => {
    const whole = readFourDigits(text);
    if (whole !== undefined) return whole;
    const date = read(text);
    return date === undefined || pivot === undefined ? date : completeYear(date, pivot);
  };
}

function compileReader(format: string): DateReader {
  const readPlain = compilePlainReader(format);
  if (!readPlain) return compileWithLuxon(format);
  return (text) => {
    const date = readPlain(text);
    return date === undefined || Number(date.slice(0, 4)) < FIRST_YEAR ? undefined : date;
  };
}

/** What it is for luxon alone. Exported for the test that holds the quicker way against it. */
export function compileWithLuxon(format: string): DateReader {
  const parser = DateTime.buildFormatParser(format, LOCALE);
  return (text) => {
    if (text === '') return undefined;
    const found = DateTime.fromFormatParser(text, parser, { ...LOCALE, zone: 'utc', setZone: true });
    if (!found.isValid || found.year < FIRST_YEAR || found.year > LAST_YEAR) return undefined;
    return found.toFormat('yyyy-MM-dd');
  };
}

function withFourDigitYear(format: string): string {
  return format
    .split(/('[^']*'?)/)
    .map((part) => (part.startsWith("'") ? part : part.replace('yy', 'yyyy')))
    .join('');
}

function completeYear(date: string, pivot: Pivot): string | undefined {
  const rest = date.slice(2);
  if (typeof pivot === 'number') {
    const inCentury = `${Number(date.slice(2, 4)) <= pivot ? '20' : '19'}${rest}`;
    return isCalendarDate(inCentury) ? inCentury : undefined;
  }
  const century = Number(pivot.notAfter.slice(0, 2));
  return [`${century}${rest}`, `${century - 1}${rest}`].find(
    (candidate) => candidate <= pivot.notAfter && isCalendarDate(candidate),
  );
}
