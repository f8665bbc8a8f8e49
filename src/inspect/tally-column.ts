import { type DateReading, readDateShape } from './date-shapes.ts';
import { shapeOf, type ValueShape } from './value-shape.ts';

/** What is counted of a column while its values go by; of a size that does not grow with the file. */
export interface ColumnTally {
  rows: number;
  filled: number;
  /** Each different value, trimmed, and how often; given up at `mostDistinct`. */
  counts: Map<string, number> | undefined;
  shortest: number;
  longest: number;
  untrimmed: number;
  shapes: Partial<Record<ValueShape, number>>;
  /** Of the values of digits alone: how many have each length. */
  lengths: Map<number, number>;
  leadingZeros: number;
  /** Digits alone that could be a phone number, a ZIP code, a day counted from 1900 by a spreadsheet. */
  tenDigits: number;
  dates: DateTally;
  /** What some systems write for nothing, and what spreadsheets write for a mistake. */
  literals: Map<string, number>;
}

/** Between the formats of which one value does not tell which one is meant. */
export const ALTERNATIVE = '|';

export interface DateTally {
  count: number;
  /** The formats that a value fits, with a bar between where it fits several, and how many values do. */
  fitting: Map<string, number>;
  padded: number;
  bare: number;
  firstYear: number;
  lastYear: number;
  /** Dates of eight digits together, which may be ids. */
  together: number;
}

/** Blanks are apart from these: a surname may be Null or NA. */
const LITERALS = new Set(
  'NULL null Null (null) <null> \\N N/A n/a NA #N/A nil None none NaN - -- . #REF! #VALUE! #NAME? #DIV/0!'.split(
    ' ',
  ),
);
const TOO_NARROW = /^#{3,}$/;

export function openTally(): ColumnTally {
  return {
    rows: 0,
    filled: 0,
    counts: new Map(),
    shortest: Number.POSITIVE_INFINITY,
    longest: 0,
    untrimmed: 0,
    shapes: {},
    lengths: new Map(),
    leadingZeros: 0,
    tenDigits: 0,
    dates: {
      count: 0,
      fitting: new Map(),
      padded: 0,
      bare: 0,
      firstYear: Number.POSITIVE_INFINITY,
      lastYear: 0,
      together: 0,
    },
    literals: new Map(),
  };
}

export function tallyValue(tally: ColumnTally, written: string, mostDistinct: number): void {
  tally.rows++;
  const value = written.trim();
  if (value === '') return;
  tally.filled++;
  if (value.length !== written.length) tally.untrimmed++;
  if (value.length < tally.shortest) tally.shortest = value.length;
  if (value.length > tally.longest) tally.longest = value.length;
  countValue(tally, value, mostDistinct);
  if (value.length <= 8 && isLiteral(value)) {
    tally.literals.set(value, (tally.literals.get(value) ?? 0) + 1);
    return;
  }
  const shape = shapeOf(value);
  tally.shapes[shape] = (tally.shapes[shape] ?? 0) + 1;
  if (shape === 'integer') tallyDigits(tally, value);
  if (shape === 'letters' || shape === 'email' || shape === 'scientific') return;
  const reading = readDateShape(value);
  if (reading) tallyDate(tally.dates, value, reading);
}

function countValue(tally: ColumnTally, value: string, mostDistinct: number): void {
  const { counts } = tally;
  if (!counts) return;
  const known = counts.get(value);
  if (known !== undefined) counts.set(value, known + 1);
  else if (counts.size >= mostDistinct) tally.counts = undefined;
  else counts.set(copyOf(value), 1);
}

/** A part of a longer text keeps all of it in memory; this is a text of its own. */
export function copyOf(value: string): string {
  return Buffer.from(value, 'utf16le').toString('utf16le');
}

function isLiteral(value: string): boolean {
  return LITERALS.has(value) || TOO_NARROW.test(value);
}

function tallyDigits(tally: ColumnTally, value: string): void {
  const { length } = value;
  tally.lengths.set(length, (tally.lengths.get(length) ?? 0) + 1);
  if (length > 1 && value.startsWith('0')) tally.leadingZeros++;
  if (length === 10 || (length === 11 && value.startsWith('1'))) tally.tenDigits++;
}

function tallyDate(dates: DateTally, value: string, { formats, year, padding }: DateReading): void {
  dates.count++;
  const fitting = formats.join(ALTERNATIVE);
  dates.fitting.set(fitting, (dates.fitting.get(fitting) ?? 0) + 1);
  if (padding === 'padded') dates.padded++;
  if (padding === 'bare') dates.bare++;
  if (year < dates.firstYear) dates.firstYear = year;
  if (year > dates.lastYear) dates.lastYear = year;
  if (value.length === 8 && !/\D/.test(value)) dates.together++;
}
