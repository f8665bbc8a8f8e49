import { DateTime } from 'luxon';
import { AppError } from '../errors/app-error.ts';
import {
  describeMinutesForMonths,
  describeUnknown,
  tokensOf,
  WHOLE_FORMAT,
  WRITABLE,
} from './format-tokens.ts';
import { rememberAnswers } from './remember-answers.ts';

/** Writes a day that is given as yyyy-MM-dd. */
export type DateWriter = (date: string) => string;

/**
 * Writes days in luxon's tokens, always in English; a time of day in the format is midnight in UTC.
 * Throws `config_invalid` for a format with letters that mean nothing: see `whyNotAnOutputFormat`.
 */
export function compileDateWriter(format: string): DateWriter {
  const fault = whyNotAnOutputFormat(format);
  if (fault !== undefined) throw new AppError('config_invalid', `The date format "${format}" ${fault}`);
  return rememberAnswers((date) =>
    DateTime.fromISO(date, { zone: 'utc', locale: 'en-US', numberingSystem: 'latn' }).toFormat(format),
  );
}

/** Why days cannot be written in a format, worded as in `whyNotADateFormat`. A part of a day, such as yyyy, is enough. */
export function whyNotAnOutputFormat(format: string): string | undefined {
  const used = tokensOf(format);
  if (used.length === 0) return `names no part of a date; ${WHOLE_FORMAT}`;
  return describeUnknown(used, WRITABLE) ?? describeMinutesForMonths(used);
}
