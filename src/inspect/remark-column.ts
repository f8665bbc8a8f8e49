import type { Notice } from '../vocabulary/run.ts';
import { conceptOf } from './concepts.ts';
import type { DateGuess, ValueType } from './profile.ts';
import type { ColumnTally } from './tally-column.ts';

/** Ids of one length in the main, and of so many digits, are no mere counters from 1 on. */
const MAINLY = 0.6;
const LEAST_DIGITS = 4;
/** In a list of codes these are codes like any other. */
const MAY_BE_A_CODE = /^(?:NA|None|none|nil|-|--|\.)$/;
/** Days counted from 1900 by a spreadsheet: 1954 to 2064. */
const SERIAL_DIGITS = 5;

/** What a person should know before they map the column. No value of a student, but for words such as NULL. */
export function remarkColumn(
  header: string,
  tally: ColumnTally,
  guess: { type: ValueType; date?: DateGuess },
): Notice[] {
  const remarks: Notice[] = [];
  const say = (code: string, message: string) => remarks.push({ code, message });
  const scientific = tally.shapes.scientific ?? 0;
  if (scientific > 0)
    say(
      'scientific_notation',
      `${counted(scientific, 'value is', 'values are')} in E+ notation, as a spreadsheet writes long numbers: digits are lost`,
    );
  if (guess.type === 'id' || guess.type === 'postal_code') remarks.push(...remarkLengths(tally, guess.type));
  remarks.push(...remarkDates(header, tally, guess));
  for (const [literal, count] of tally.literals) {
    if (guess.type === 'code' && MAY_BE_A_CODE.test(literal)) continue;
    const meaning =
      guess.type === 'name' ? 'may be nothing, or a name' : 'is no blank unless read.null lists it';
    say('literal', `${counted(count, 'value reads', 'values read')} ${literal}: it ${meaning}`);
  }
  if (tally.untrimmed > 0)
    say('white_space', `${counted(tally.untrimmed, 'value has', 'values have')} white space around`);
  return remarks;
}

function remarkLengths({ lengths, leadingZeros }: ColumnTally, type: 'id' | 'postal_code'): Notice[] {
  const counts = [...lengths].sort(([one], [other]) => one - other);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const [longest, ofLongest] = counts.at(-1) ?? [0, 0];
  const wanted = type === 'postal_code' ? 5 : longest;
  const shorter = counts.filter(([length]) => length < wanted).reduce((sum, [, count]) => sum + count, 0);
  const isFixed =
    type === 'postal_code' || leadingZeros > 0 || (ofLongest > total * MAINLY && longest >= LEAST_DIGITS);
  if (shorter === 0 || !isFixed) return [];
  const spread = counts.map(([length, count]) => `${length} (${percent(count / total)})`).join(', ');
  const message =
    leadingZeros === 0
      ? `digits of different lengths, ${spread}, and none begins with 0: a spreadsheet may have eaten leading zeros`
      : `digits of different lengths, ${spread}, of which ${leadingZeros} begin with 0: some may have lost theirs`;
  return [{ code: 'leading_zeros', message }];
}

function remarkDates(
  header: string,
  tally: ColumnTally,
  { type, date }: { type: ValueType; date?: DateGuess },
): Notice[] {
  if (type !== 'date' || !date) {
    const serials = tally.lengths.get(SERIAL_DIGITS) ?? 0;
    if (conceptOf(header)?.kind !== 'date' || serials * 2 < tally.filled || serials === 0) return [];
    const message = 'five digits where dates are expected: a spreadsheet may have written days as numbers';
    return [{ code: 'spreadsheet_days', message }];
  }
  const remarks: Notice[] = [];
  if (date.open.length > 0)
    remarks.push({
      code: 'ambiguous_date',
      message: `${[...new Set(date.open)].join(' or ')}: the values do not tell which; ask the district`,
    });
  const others = date.formats.slice(1);
  if (others.length > 0)
    remarks.push({
      code: 'mixed_dates',
      message: `more than one format: ${date.formats.map((one) => `${one.format} (${one.count})`).join(', ')}`,
    });
  if (date.formats.some((one) => /(?<!y)yy(?!y)/.test(one.format)))
    remarks.push({ code: 'two_digit_years', message: 'years have two digits, so the century is a guess' });
  return remarks;
}

export function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1%';
  if (share < 1 && share > 0.99) return 'over 99%';
  return `${Math.round(share * 100)}%`;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
