/**
 * Render: records to bytes.
 *
 * in:       mapped records, how the other side wants its file
 * out:      a drafted file, counted and hashed, with the place of each row in it
 * promises: what a strict CSV reader reads back is what was mapped
 * never:    changes a value, except where `formulas: escape` asks for it
 */
import type { WriteSettings } from './schema.ts';

/** One record as a line of the file, its line end included. */
export type RowWriter = (values: readonly string[]) => string;

/**
 * Our own few lines instead of csv-stringify: a draft needs to know where each row stands, and a row at a time
 * that library is four times slower. The tests hold both against each other.
 */
export function compileRow(write: WriteSettings): RowWriter {
  const cell = compileCell(write);
  const { delimiter } = write;
  const end = write.line_ending === 'crlf' ? '\r\n' : '\n';
  return (values) => {
    let line = cell(values[0] ?? '');
    for (let at = 1; at < values.length; at++) line += delimiter + cell(values[at] ?? '');
    // A lone blank would be an empty line, which many readers skip.
    return line === '' ? `""${end}` : line + end;
  };
}

/** Characters with which a spreadsheet begins a formula, also in their full-width forms and behind white space. */
const FORMULA = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function compileCell(write: WriteSettings): (value: string) => string {
  const quoted = compileQuoting(write);
  if (write.formulas === 'keep') return quoted;
  return (value) => quoted(FORMULA.test(value) ? `'${value}` : value);
}

function compileQuoting(write: WriteSettings): (value: string) => string {
  const inQuotes = (value: string) => `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`;
  if (write.quote === 'always') return inQuotes;
  if (write.quote === 'never') return (value) => value;
  const { delimiter } = write;
  return (value) => (needsQuotes(value, delimiter) ? inQuotes(value) : value);
}

/** By character codes: on short values it is quicker than a regular expression. */
function needsQuotes(value: string, delimiter: string): boolean {
  const separator = delimiter.charCodeAt(0);
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === 0x22 || code === 0x0a || code === 0x0d || code === separator) return true;
  }
  return false;
}

/** With `quote: never`, a value that would need quotes cannot be written: answers which character is in the way. */
export function compileWritable(write: WriteSettings): (value: string) => boolean {
  if (write.quote !== 'never') return () => true;
  return (value) => !needsQuotes(value, write.delimiter);
}
