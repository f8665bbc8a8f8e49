import { resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { isCalendarDate } from '../time/calendar-date.ts';

/** For options that may be given more than once. */
export function collectOption(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

/** --file NAME=PATH, once for each file of a drop. */
export function namedFiles(pairs: readonly string[] | undefined): Map<string, string> | undefined {
  if (!pairs) return undefined;
  const files = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1) {
      throw new AppError('usage', `--file ${pair} does not say which file it is`, {
        hint: 'Write --file NAME=PATH, such as --file students=extract.csv.',
      });
    }
    const name = pair.slice(0, at);
    if (files.has(name)) throw new AppError('usage', `--file names ${name} twice`);
    files.set(name, resolve(pair.slice(at + 1)));
  }
  return files;
}

/** A number of things, at least one: --limit N, --sample N. */
export function countOption(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new AppError('usage', `${option} ${text} is no whole number above zero`, {
    hint: `Write it in digits, such as ${option} 5.`,
  });
}

/** --as-of DATE */
export function businessDate(text: string | undefined): string | undefined {
  if (text === undefined || isCalendarDate(text)) return text;
  throw new AppError('usage', `--as-of ${text} is no date`, {
    hint: 'Write it as yyyy-MM-dd, such as 2026-09-01.',
  });
}
