import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet takes for a formula: one of these first, in either width, whatever blank stands before it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
/** A first character that some spreadsheets drop before they look again. */
const DROPPED_FIRST = /^[\t\r\0]/;

/** Most values, which are none of that: told in a fraction of the time. */
const PLAIN_FIRST = /^[0-9A-Za-z]/;

/** Such a field is written by the library; one without is only joined, which is many times faster. */
const NEEDS_QUOTES = /[",\r\n]/;
/** The same sentence stands in a thousand lines. */
const MOST_REMEMBERED = 100;

/**
 * Lines for a file that people open in a spreadsheet, ending in CRLF.
 * There is no byte order mark: a program would read it as part of the first column's name.
 */
export function renderLines(rows: readonly (readonly (string | number)[])[]): string {
  let lines = '';
  for (const row of rows) {
    for (const [at, value] of row.entries()) {
      if (at > 0) lines += ',';
      lines += typeof value === 'number' ? value : fieldOf(value);
    }
    lines += '\r\n';
  }
  return lines;
}

const quoted = new Map<string, string>();

function fieldOf(value: string): string {
  const field = withoutFormula(value);
  if (!NEEDS_QUOTES.test(field)) return field;
  const known = quoted.get(field);
  if (known !== undefined) return known;
  const made = quote(field);
  if (quoted.size < MOST_REMEMBERED) quoted.set(field, made);
  return made;
}

/** The library quotes a whole CRLF by itself, but not a lone CR or LF, at which other readers break the line. */
function quote(field: string): string {
  return stringify([[field]], { record_delimiter: 'windows', quoted_match: /[\r\n]/, eof: false });
}

/** The value with an apostrophe before it where a spreadsheet would otherwise run it. */
export function withoutFormula(value: string): string {
  if (PLAIN_FIRST.test(value)) return value;
  return FORMULA.test(value) || DROPPED_FIRST.test(value) ? `'${value}` : value;
}
