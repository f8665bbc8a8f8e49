/** Files read by the rules that each importer states, and not by the parser of the program. */
import { expect } from 'chai';

export interface ReadFile {
  header: string[];
  rows: string[][];
}

export interface ReaderRules {
  delimiter: string;
  lineEnd: '\r\n' | '\n';
  /** Doubled as RFC 4180 has it, after a backslash as Apple wants it, or none at all. */
  quotes: 'doubled' | 'backslash' | 'none';
}

/** Every character has to have its meaning: a quote inside an unquoted value, or a line of another length, is an error. */
export function readAsImporter(text: string, rules: ReaderRules): ReadFile {
  expect(text.endsWith(rules.lineEnd), 'the last line ends').to.equal(true);
  const [header = [], ...rows] = recordsOf(text, rules);
  for (const row of rows) expect(row, 'as many values as names').to.have.length(header.length);
  expect(new Set(header).size, 'each name once').to.equal(header.length);
  return { header, rows };
}

function recordsOf(text: string, { delimiter, lineEnd, quotes }: ReaderRules): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length; ) {
    const isQuoted = quotes !== 'none' && text[at] === '"';
    const [value, end] = isQuoted ? quoted(text, at + 1, quotes) : plain(text, at, [delimiter, lineEnd]);
    if (quotes !== 'none' && !isQuoted) expect(value).not.to.include('"');
    expect(isQuoted ? '' : value, 'a line break outside of quotes').not.to.match(/[\r\n]/);
    record.push(value);
    if (text.startsWith(lineEnd, end)) {
      records.push(record);
      record = [];
      at = end + lineEnd.length;
      continue;
    }
    expect(text.startsWith(delimiter, end), `a delimiter after ${value}`).to.equal(true);
    at = end + delimiter.length;
  }
  return records;
}

function plain(text: string, from: number, stops: readonly string[]): [value: string, end: number] {
  const ends = stops.map((stop) => text.indexOf(stop, from)).filter((end) => end >= 0);
  const end = Math.min(text.length, ...ends);
  return [text.slice(from, end), end];
}

function quoted(text: string, from: number, quotes: 'doubled' | 'backslash'): [value: string, end: number] {
  let value = '';
  for (let at = from; at < text.length; at++) {
    const [one = '', next = ''] = text.slice(at, at + 2);
    if (quotes === 'backslash' && one === '\\') value += text[++at];
    else if (one !== '"') value += one;
    else if (quotes === 'doubled' && next === '"') value += text[++at];
    else return [value, at + 1];
  }
  throw new Error('a quote that is never closed');
}

export const RFC_4180: ReaderRules = { delimiter: ',', lineEnd: '\r\n', quotes: 'doubled' };
export const APPLE: ReaderRules = { delimiter: ',', lineEnd: '\n', quotes: 'backslash' };
export const XELLO: ReaderRules = { delimiter: '|', lineEnd: '\r\n', quotes: 'none' };
