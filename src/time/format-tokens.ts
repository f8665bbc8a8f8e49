/** What the letters of a date format mean, so that a mistaken format is refused before a row is read. */

export const YEAR = ['y', 'yy', 'yyyy'];
export const MONTH = ['M', 'MM', 'MMM', 'MMMM', 'L', 'LL', 'LLL', 'LLLL'];
export const DAY = ['d', 'dd'];
export const DAY_OF_YEAR = ['o', 'ooo'];
export const WEEKDAY = ['E', 'EEE', 'EEEE', 'c', 'ccc', 'cccc'];
export const HOUR_24 = ['H', 'HH'];
const HOUR = [...HOUR_24, 'h', 'hh'];
const TIME = [...HOUR, 'm', 'mm', 's', 'ss', 'S', 'SSS', 'u', 'uu', 'uuu', 'a'];
const ZONE = ['Z', 'ZZ', 'ZZZ', 'z'];

/** The tokens that luxon can read a day with, but for eras and quarters, which no extract has. */
export const READABLE: ReadonlySet<string> = new Set(
  [YEAR, MONTH, DAY, DAY_OF_YEAR, WEEKDAY, TIME, ZONE].flat(),
);
export const WRITABLE: ReadonlySet<string> = new Set([...READABLE, 'kk', 'kkkk', 'W', 'WW', 'q', 'qq']);

export const WHOLE_FORMAT = 'a whole format is, for example, yyyy-MM-dd or M/d/yyyy';

/** What people mean who know the letters of another program. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['Y', 'the year is yyyy (or yy)'],
  ['D', 'the day of the month is dd (or d)'],
  ['T', "a letter that stands for itself goes into quotes: 'T'"],
]);

/** The runs of one letter in a format that mean something: quoted text and signs stand for themselves. */
export function tokensOf(format: string): string[] {
  return format.replaceAll(/'[^']*'?/g, ' ').match(/([a-zA-Z])\1*/g) ?? [];
}

/** Says which tokens are unknown, and what was probably meant. */
export function describeUnknown(tokens: readonly string[], known: ReadonlySet<string>): string | undefined {
  const unknown = [...new Set(tokens.filter((token) => !known.has(token)))];
  if (unknown.length === 0) return undefined;
  const hints = new Set(unknown.map((token) => MEANT.get(token.charAt(0)) ?? `${token} means nothing`));
  const verb = unknown.length === 1 ? 'is no part' : 'are no parts';
  return `is mistaken: ${unknown.join(' and ')} ${verb} of a date format; ${[...hints].join('; ')}`;
}

/** The commonest mistake of all: mm/dd/yyyy. */
export function describeMinutesForMonths(tokens: readonly string[]): string | undefined {
  const minutes = tokens.find((token) => token === 'm' || token === 'mm');
  const meantSo = tokens.some((token) => HOUR.includes(token) || MONTH.includes(token));
  if (minutes === undefined || meantSo) return undefined;
  return `has no month: ${minutes} means minutes, the month is ${minutes.toUpperCase()}`;
}
