import { conceptOf } from './concepts.ts';
import type { HeadRecord } from './split-records.ts';

const DIGITS_AND_SIGNS = /^(?=.*\d)[\d\s()./:+-]+$/;
const DATE = /^\d{1,4}([/.-])\d{1,2}\1\d{1,4}/;
const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Names that a system is known to write, or this share of the columns. */
const KNOWN_NAMES = 2;

/**
 * Whether the first record has the names of the columns: it does unless it looks like one of the rows below it. A first
 * row that is taken for a header would show the values of a student as names of columns.
 */
export function looksLikeHeader(first: readonly string[], rest: readonly HeadRecord[]): boolean {
  const names = first.map((name) => name.trim());
  const known = names.filter((name) => conceptOf(name) !== undefined).length;
  if (names.some((name) => DATE.test(name) || E_MAIL.test(name))) return false;
  if (known >= KNOWN_NAMES || known * 3 >= names.length) return true;
  const numeric = names.flatMap((name, at) => (DIGITS_AND_SIGNS.test(name) ? [at] : []));
  if (numeric.some((at) => isMostlyNumeric(rest, at))) return false;
  const repeated = names.filter((name, at) => name !== '' && rest.some((row) => row.values[at] === name));
  return repeated.length * 4 < names.length || rest.length === 0;
}

/** A column named 504 has Y and N below it; an id has ids. */
function isMostlyNumeric(rest: readonly HeadRecord[], at: number): boolean {
  const values = rest.map((row) => row.values[at]?.trim() ?? '').filter((value) => value !== '');
  return (
    values.length > 0 && values.filter((value) => DIGITS_AND_SIGNS.test(value)).length * 2 > values.length
  );
}
