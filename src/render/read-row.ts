import { lineEndOf } from './compile-row.ts';
import { compileReadFixed } from './fixed-row.ts';
import type { WriteSettings } from './schema.ts';

/**
 * The values of one line that `compileRow` wrote, its line end included or not: the mirror of that function, for
 * the few records of a draft that must be looked at again.
 */
export function compileReadRow(write: WriteSettings, targets: readonly string[]): (line: string) => string[] {
  const end = lineEndOf(write);
  const read = compileReadLine(write, targets);
  return (text) =>
    read(text.endsWith(end) && !endsEscaped(text, end, write) ? text.slice(0, -end.length) : text);
}

/** A line end behind a backslash belongs to the last value. */
function endsEscaped(text: string, end: string, write: WriteSettings): boolean {
  if (write.escape !== 'backslash' || write.quote !== 'never') return false;
  const backslashes = /(?<!\\)\\*$/.exec(text.slice(0, -end.length))?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

function compileReadLine(write: WriteSettings, targets: readonly string[]): (line: string) => string[] {
  if (write.fixed_width) return compileReadFixed(write.fixed_width, targets);
  const split = compileSplit(write);
  const blank = write.null;
  return blank === '' ? split : (line) => split(line).map((value) => (value === blank ? '' : value));
}

function compileSplit(write: WriteSettings): (line: string) => string[] {
  const { delimiter, quote, quote_char: mark } = write;
  const isEscaped = write.escape === 'backslash';
  if (quote === 'never' && !isEscaped) return (line) => line.split(delimiter);
  const readQuoted = isEscaped ? readEscaped : readDoubled;
  const readBare = quote === 'never' ? readUnquoted : readPlain;
  return (line) => {
    const values: string[] = [];
    let at = 0;
    while (at <= line.length) {
      const isQuoted = quote !== 'never' && line[at] === mark;
      const { value, next } = isQuoted ? readQuoted(line, at, mark) : readBare(line, at, delimiter);
      values.push(value);
      at = next + 1;
    }
    return values;
  };
}

interface ReadValue {
  value: string;
  /** Where the delimiter, or the end of the line, stands. */
  next: number;
}

function readPlain(line: string, at: number, delimiter: string): ReadValue {
  const found = line.indexOf(delimiter, at);
  const next = found < 0 ? line.length : found;
  return { value: line.slice(at, next), next };
}

function readDoubled(line: string, at: number, mark: string): ReadValue {
  let close = line.indexOf(mark, at + 1);
  while (close >= 0 && line[close + 1] === mark) close = line.indexOf(mark, close + 2);
  const next = close < 0 ? line.length : close + 1;
  return { value: line.slice(at + 1, next - 1).replaceAll(mark + mark, mark), next };
}

function readEscaped(line: string, at: number, mark: string): ReadValue {
  const { value, next } = readUnquoted(line, at + 1, mark);
  return { value, next: next + 1 };
}

/** Up to a character that no backslash stands before. */
function readUnquoted(line: string, at: number, last: string): ReadValue {
  let next = at;
  while (next < line.length && line[next] !== last) next += line[next] === '\\' ? 2 : 1;
  const end = Math.min(next, line.length);
  return { value: line.slice(at, end).replaceAll(/\\(.)/gs, '$1'), next: end };
}
