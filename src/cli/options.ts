import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../errors/app-error.ts';
import type { Lane } from '../run/open-run.ts';
import { isCalendarDate } from '../time/calendar-date.ts';
import type { CliContext } from './act.ts';

type PathOf = CliContext['pathOf'];

/** For options that may be given more than once. */
export function collectOption(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

/** --file NAME=PATH, once for each file of a drop. */
export function namedFiles(
  pairs: readonly string[] | undefined,
  pathOf: PathOf,
): Map<string, string> | undefined {
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
    files.set(name, pathOf(pair.slice(at + 1)));
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

/** A day: --from DATE, --to DATE. */
export function dateOption(option: string, text: string | undefined): string | undefined {
  if (text === undefined || isCalendarDate(text)) return text;
  throw new AppError('usage', `${option} ${text} is no date`, {
    hint: 'Write it as yyyy-MM-dd, such as 2026-09-01.',
  });
}

/** --as-of DATE */
export function businessDate(text: string | undefined): string | undefined {
  return dateOption('--as-of', text);
}

/** --only ID,...|FILE and --send-one ID [--regardless]: some students alone. */
export async function laneOf(
  options: { only?: string; sendOne?: string; regardless?: boolean },
  pathOf: PathOf,
): Promise<Lane | undefined> {
  const { only, sendOne, regardless = false } = options;
  if (regardless && sendOne === undefined) throw new AppError('usage', '--regardless goes with --send-one');
  if (only !== undefined && sendOne !== undefined)
    throw new AppError('usage', '--only and --send-one cannot be given together');
  if (sendOne !== undefined) return { kind: 'send_one', students: [idOf('--send-one', sendOne)], regardless };
  if (only === undefined) return undefined;
  return { kind: 'only', students: await readStudents(only, pathOf), regardless };
}

function idOf(option: string, text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new AppError('usage', `${option} names no student`);
}

/** An id has no folder, and no ending of a file: taken for one, a mistyped path would be a run about nobody. */
const LIKE_A_PATH = /[/\\]|\.(?:csv|txt|tsv)$/i;

async function readStudents(text: string, pathOf: PathOf): Promise<string[]> {
  const path = pathOf(text);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile && LIKE_A_PATH.test(text))
    throw new AppError('usage', `--only ${text}: there is no such file`, {
      hint: 'Give the path of a file with one id a line, or ids with commas between.',
    });
  const ids = isFile ? (await readFile(path, 'utf8')).replace(/^\ufeff/, '').split(/\r?\n/) : text.split(',');
  const students = [...new Set(ids.map((id) => id.trim()).filter((id) => id !== ''))];
  if (students.length === 0) throw new AppError('usage', `--only ${text} names no student`);
  return students;
}
