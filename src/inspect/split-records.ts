import type { Dialect } from './profile.ts';

export interface HeadRecord {
  values: string[];
  /** The first line of the record; 1 is the first of the text. */
  line: number;
  /** Values in quotes, opened and closed as they should be. */
  quotedValues: number;
  /** A quote is opened and is open at the end of the text. */
  isUnclosed: boolean;
  /** Quotes that stand where the dialect does not allow one. */
  strayQuotes: number;
}

type Marks = Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;

/**
 * Splits the beginning of a file as a dialect would, and goes on where it does not fit, counting what does not: so that
 * dialects can be held against each other. The last record may be cut and is left out when `isCut`.
 */
export function splitRecords(text: string, marks: Marks, limit: number, isCut: boolean): HeadRecord[] {
  const records: HeadRecord[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length && records.length < limit) {
    const record: HeadRecord = { values: [], line, quotedValues: 0, isUnclosed: false, strayQuotes: 0 };
    const end = readRecord(text, at, marks, record);
    if (end.at >= text.length && isCut && records.length > 0) break;
    records.push(record);
    line += end.lines;
    at = end.at;
  }
  return records;
}

function readRecord(text: string, start: number, marks: Marks, record: HeadRecord) {
  let at = start;
  let lines = 1;
  for (;;) {
    const isQuoted = marks.quote !== 'none' && text[at] === marks.quote;
    const field = isQuoted ? readQuoted(text, at, marks, record) : readBare(text, at, marks, record);
    record.values.push(field.value);
    lines += field.lines;
    at = field.at;
    if (text.startsWith(marks.delimiter, at)) {
      at += marks.delimiter.length;
      continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    return { at: at + 1, lines };
  }
}

function readBare(text: string, start: number, { delimiter, quote }: Marks, record: HeadRecord) {
  let at = start;
  while (at < text.length && !isLineEnd(text[at]) && !text.startsWith(delimiter, at)) {
    if (text[at] === quote && quote === '"') record.strayQuotes++;
    at++;
  }
  return { value: text.slice(start, at), at, lines: 0 };
}

function readQuoted(text: string, start: number, marks: Marks, record: HeadRecord) {
  const { delimiter, quote } = marks;
  const isBackslash = marks.escape === 'backslash';
  let value = '';
  let at = start + 1;
  let lines = 0;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (isBackslash && character === '\\') {
      value += text[++at] ?? '';
    } else if (character !== quote) {
      if (character === '\n') lines++;
      value += character;
    } else if (!isBackslash && text[at + 1] === quote) {
      value += quote;
      at++;
    } else break;
  }
  at++;
  if (at > text.length) {
    record.strayQuotes++;
    record.isUnclosed = true;
  } else if (at < text.length && !isLineEnd(text[at]) && !text.startsWith(delimiter, at)) {
    record.strayQuotes++;
    const rest = readBare(text, at, { ...marks, quote: 'none' }, record);
    return { value: value + rest.value, at: rest.at, lines };
  } else record.quotedValues++;
  return { value, at, lines };
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}
