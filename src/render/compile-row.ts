/**
 * Render: records to bytes.
 *
 * in:       mapped records, how the other side wants its file
 * out:      a drafted file, counted and hashed, with the place of each row in it
 * promises: what a strict reader of the same dialect reads back is what was mapped; a value that the dialect cannot
 *           carry is said, with its field, before anything is written
 * never:    changes a value, but where the mapping asks for it
 */
import { compileFixedRow } from './fixed-row.ts';
import type { WriteSettings } from './schema.ts';

/** One record as a line of the file, its line end included. */
export type RowWriter = (values: readonly string[]) => string;

const LINE_ENDS = { lf: '\n', crlf: '\r\n', cr: '\r' } as const;

export function lineEndOf({ line_ending }: WriteSettings): string {
  return LINE_ENDS[line_ending];
}

/**
 * Our own few lines instead of csv-stringify: a draft needs to know where each row stands, and a row at a time
 * that library is four times slower. The tests hold both against each other.
 * @param targets the fields in the order of the values; only places of a fixed width need them
 */
export function compileRow(write: WriteSettings, targets: readonly string[] = []): RowWriter {
  if (write.fixed_width) return compileFixedRow(write.fixed_width, targets, lineEndOf(write));
  const cell = compileCell(write);
  const { delimiter, quote, quote_char } = write;
  const end = lineEndOf(write);
  // A lone blank would be an empty line, which many readers skip.
  const lone = (quote === 'never' ? '' : quote_char + quote_char) + end;
  return (values) => {
    let line = cell(values[0] ?? '');
    for (let at = 1; at < values.length; at++) line += delimiter + cell(values[at] ?? '');
    return line === '' ? lone : line + end;
  };
}

type Cell = (value: string) => string;

/** One value as it stands between the delimiters. */
export function compileCell(write: WriteSettings): Cell {
  const cell = compileQuoting(write);
  if (write.null === '') return cell;
  const blank = cell(write.null);
  return (value) => (value === '' ? blank : cell(value));
}

function compileQuoting(write: WriteSettings): Cell {
  const { quote, quote_char, delimiter } = write;
  const isEscaped = write.escape === 'backslash';
  if (quote === 'never') return isEscaped ? compileEscaping([delimiter, '"', "'"]) : (value) => value;
  const escaped = isEscaped ? compileEscaping([quote_char]) : doubling(quote_char);
  const inQuotes = (value: string) => quote_char + escaped(value) + quote_char;
  if (quote === 'always') return inQuotes;
  const needsQuotes = compileNeed(write);
  return (value) => (needsQuotes(value) ? inQuotes(value) : value);
}

function doubling(quote: string): Cell {
  return (value) => (value.includes(quote) ? value.replaceAll(quote, quote + quote) : value);
}

/** A backslash before each of these characters, before line ends and before backslashes themselves. */
function compileEscaping(characters: readonly string[]): Cell {
  const special = new RegExp(
    `[${characters.map((one) => `\\u{${one.codePointAt(0)?.toString(16)}}`).join('')}\\\\\r\n]`,
    'gu',
  );
  return (value) => value.replace(special, '\\$&');
}

const SPACE = 0x20;
const BACKSLASH = 0x5c;
/** In front of a file it would be taken for its byte order mark. */
const MARK = 0xfeff;

/** By character codes: on short values it is quicker than a regular expression. */
export function compileNeed(
  write: Pick<WriteSettings, 'delimiter' | 'quote' | 'quote_char' | 'escape'>,
): (value: string) => boolean {
  const separator = write.delimiter.charCodeAt(0);
  const mark = write.quote_char.charCodeAt(0);
  const space = write.quote === 'spaces' ? SPACE : separator;
  const backslash = write.escape === 'backslash' ? BACKSLASH : separator;
  return (value) => {
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      if (code === mark || code === 0x0a || code === 0x0d || code === separator) return true;
      if (code === space || code === backslash) return true;
    }
    return value.charCodeAt(0) === MARK;
  };
}
