import type { WriteSettings } from './schema.ts';

/**
 * The values of one line that `compileRow` wrote, its line end included or not: the mirror of that function, for
 * the few records of a draft that must be looked at again.
 */
export function compileReadRow(write: WriteSettings): (line: string) => string[] {
  const { delimiter } = write;
  const end = write.line_ending === 'crlf' ? '\r\n' : '\n';
  return (text) => {
    const line = text.endsWith(end) ? text.slice(0, -end.length) : text;
    if (write.quote === 'never') return line.split(delimiter);
    const values: string[] = [];
    let at = 0;
    while (at <= line.length) {
      const { value, next } = line[at] === '"' ? readQuoted(line, at) : readPlain(line, at, delimiter);
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

function readQuoted(line: string, at: number): ReadValue {
  let close = line.indexOf('"', at + 1);
  while (close >= 0 && line[close + 1] === '"') close = line.indexOf('"', close + 2);
  const next = close < 0 ? line.length : close + 1;
  return { value: line.slice(at + 1, next - 1).replaceAll('""', '"'), next };
}
