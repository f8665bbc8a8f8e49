import { AppError } from '../errors/app-error.ts';
import type { FooterSettings } from './schema.ts';

const LONGEST_LINE = 4096;
/** Whole numbers, with or without commas between the thousands, that are no part of a word. */
const NUMBERS = /(?<![\p{L}\d])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\p{L}\d])/gu;
/** What a pattern may have caught: digits, in threes where something parts them. */
const WRITTEN_COUNT = /^(?:\d+|\d{1,3}(?:[,. \u00a0'\u2019_]\d{3})+)$/u;

/** Throws not_a_number_of_rows unless the footer states the rows that were read, or states none and need not. */
export function checkFooterCount(
  lines: readonly string[],
  footer: FooterSettings,
  read: { file: string; rows: number; line: number },
): void {
  if (footer.count === undefined) return;
  const stated = statedBy(lines, footer.count);
  if (typeof stated === 'string') throw wrong(stated, read);
  const due = stated - footer.not_rows;
  if (due === read.rows) return;
  const of = footer.not_rows === 0 ? '' : ` (${stated} lines, ${footer.not_rows} of them no rows)`;
  throw wrong(`The footer states ${due} rows${of}, and the file has ${read.rows}`, read);
}

/** The number, or why there is none. */
function statedBy(lines: readonly string[], count: true | string): number | string {
  const texts = lines.map((line) => line.trim().slice(0, LONGEST_LINE));
  if (count === true) {
    const numbers = texts.flatMap((text) => text.match(NUMBERS) ?? []);
    const [only = ''] = numbers;
    if (numbers.length === 1) return numberOf(only);
    return numbers.length === 0
      ? 'The footer states no number of rows'
      : `The footer has ${numbers.length} numbers: say with a pattern which of them counts the rows`;
  }
  const pattern = new RegExp(count, 'u');
  const caught = texts.flatMap((text) => pattern.exec(text)?.[1] ?? [])[0]?.trim();
  if (caught === undefined) return 'No line of the footer fits the pattern of read.footer.count';
  return WRITTEN_COUNT.test(caught) ? numberOf(caught) : 'What read.footer.count finds is no number';
}

function numberOf(digits: string): number {
  return Number(digits.replaceAll(/\D/g, ''));
}

function wrong(sentence: string, { file, line }: { file: string; line: number }): AppError {
  return new AppError('not_a_number_of_rows', sentence, { place: { file, line } });
}
