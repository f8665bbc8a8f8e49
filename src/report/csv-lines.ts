import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet takes for a formula: one of these first, in either width, whatever blank stands before it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
/** A first character that some spreadsheets drop before they look again. */
const DROPPED_FIRST = /^[\t\r\0]/;

/** Such a field is written by the library; a line without one is only joined, which is many times faster. */
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Lines for a file that people open in a spreadsheet, ending in CRLF.
 * There is no byte order mark: a program would read it as part of the first column's name.
 */
export function renderLines(rows: readonly (readonly (string | number)[])[]): string {
  let lines = '';
  for (const row of rows) {
    const fields = row.map((value) => (typeof value === 'number' ? String(value) : withoutFormula(value)));
    lines += fields.some((field) => NEEDS_QUOTES.test(field)) ? quote(fields) : `${fields.join(',')}\r\n`;
  }
  return lines;
}

/** The library quotes a whole CRLF by itself, but not a lone CR or LF, at which other readers break the line. */
function quote(fields: string[]): string {
  return stringify([fields], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** The value with an apostrophe before it where a spreadsheet would otherwise run it. */
export function withoutFormula(value: string): string {
  return FORMULA.test(value) || DROPPED_FIRST.test(value) ? `'${value}` : value;
}
