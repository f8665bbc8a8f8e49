/**
 * A second reader of delimited files, for the differential test alone. It walks code units with one state, shares no line
 * with src/parse, and follows docs/mappings.md: what that page promises is what this file does.
 */
export interface PlainDialect {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  delimiter: string;
  quote: '"' | "'" | 'none';
  escape: 'double' | 'backslash';
  skip_lines: number;
  header: true | string[];
  null: string[];
}

export interface PlainRow {
  line: number;
  values: string[];
  flaw: string;
}

export type PlainOutcome = { refused: string } | { columns: string[]; rows: PlainRow[]; isEndless: boolean };

interface Found {
  line: number;
  values: string[];
}

const LF = 10;
const CR = 13;
const BACKSLASH = 92;

export function readPlainly(bytes: Uint8Array, dialect: PlainDialect): PlainOutcome {
  if (bytes.length === 0) return { refused: 'empty_file' };
  const found = split(unitsOf(bytes, dialect), dialect);
  const first = found.records.findIndex(({ values }) => dialect.header !== true || values.some(hasText));
  const head = dialect.header === true ? found.records[first] : undefined;
  if (dialect.header === true && !head) return { refused: found.fault ?? 'empty_file' };
  if (found.fault) return { refused: found.fault };
  const body = head ? found.records.slice(first + 1) : found.records;
  const names = head ? head.values.map(bare) : [...(dialect.header as string[])];
  const columns = withTrailing(
    names,
    body.map(({ values }) => values),
  );
  const rows = body.filter(
    ({ values }) =>
      columns.length === 1 || values.length > 1 || hasText((values[0] ?? '').replace('\u001a', '')),
  );
  const last = rows.at(-1);
  if (last && found.isEndless && last.values.length < columns.length) return { refused: 'truncated_file' };
  const isDamaged = dialect.encoding !== 'utf-8' || !isSoundUtf8(bytes);
  return {
    columns,
    isEndless: last !== undefined && found.isEndless,
    rows: rows.map(({ line, values }) => ({
      line,
      values: values.map((value) => (dialect.null.includes(value.trim()) ? '' : value)),
      flaw: flawOf(values, columns.length, isDamaged),
    })),
  };
}

function hasText(value: string): boolean {
  return value.trim() !== '';
}

function bare(name: string): string {
  const isNothing = (one: string) => one.trim() === '' || '\u200b\u200c\u200d\u2060\ufeff'.includes(one);
  const letters = [...name];
  while (letters.length > 0 && isNothing(letters[0] ?? '')) letters.shift();
  while (letters.length > 0 && isNothing(letters.at(-1) ?? '')) letters.pop();
  return letters.join('');
}

function withTrailing(names: string[], rows: string[][]): string[] {
  const seen = rows.filter((values) => values.some(hasText)).slice(0, 50);
  if (seen.length < 2) return names;
  if (seen.every((values) => values.length === names.length + 1 && !hasText(values.at(-1) ?? '')))
    return [...names, ''];
  const isShorter = names.at(-1) === '' && seen.every((values) => values.length === names.length - 1);
  return isShorter ? names.slice(0, -1) : names;
}

function flawOf(values: string[], due: number, isDamaged: boolean): string {
  if (values.length !== due) return 'field_count';
  if (isDamaged && values.join('').includes('\ufffd')) return 'bad_encoding';
  return values.join('').includes('\0') ? 'nul_character' : '';
}

/** Bytes, or units of two bytes in UTF-16, without the mark. */
function unitsOf(bytes: Uint8Array, { encoding }: PlainDialect): number[] {
  if (!encoding.startsWith('utf-16')) {
    const hasMark = encoding === 'utf-8' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return [...bytes.subarray(hasMark ? 3 : 0)];
  }
  const units: number[] = [];
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
  for (let at = 0; at + 1 < bytes.length; at += 2)
    units.push((bytes[at + low] ?? 0) + 256 * (bytes[at + high] ?? 0));
  return units[0] === 0xfeff ? units.slice(1) : units;
}

function textOf(units: number[], { encoding }: PlainDialect): string {
  if (encoding.startsWith('utf-16'))
    return units
      .map((unit) => String.fromCharCode(unit))
      .join('')
      .toWellFormed();
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(Uint8Array.from(units));
  // Five bytes of the page stand for nothing; the web takes them for control characters.
  return encoding === 'windows-1252' ? text.replaceAll(/[\u0080-\u009f]/g, '\ufffd') : text;
}

function isSoundUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function split(
  units: number[],
  dialect: PlainDialect,
): { records: Found[]; fault?: string; isEndless: boolean } {
  const delimiter = [...dialect.delimiter].map((one) => one.charCodeAt(0));
  const quote = dialect.quote === 'none' ? -1 : dialect.quote.charCodeAt(0);
  const escapes = dialect.escape === 'backslash';
  const records: Found[] = [];
  let at = skip(units, dialect.skip_lines);
  let line = dialect.skip_lines + 1;
  const isDelimiter = (from: number) => delimiter.every((unit, index) => units[from + index] === unit);
  const endLength = (from: number) =>
    units[from] === LF ? 1 : units[from] !== CR ? 0 : units[from + 1] === LF ? 2 : 1;

  while (at < units.length) {
    const values: string[] = [];
    const start = line;
    for (;;) {
      const field: number[] = [];
      const isQuoted = units[at] === quote;
      let goesOn = !isQuoted;
      if (isQuoted) {
        at++;
        for (;;) {
          if (at >= units.length) return { records, fault: 'unclosed_quote', isEndless: true };
          if (units[at] === quote && !escapes && units[at + 1] === quote) {
            field.push(quote);
            at += 2;
            continue;
          }
          if (units[at] === quote) break;
          if (escapes && units[at] === BACKSLASH && at + 1 < units.length) at++;
          const length = endLength(at);
          if (length > 0) line++;
          for (const unit of units.slice(at, at + Math.max(1, length))) field.push(unit);
          at += Math.max(1, length);
        }
        at++;
        // Behind a quote a NUL goes with the value: its row is refused for it, not the file.
        goesOn = units[at] === 0;
        if (!goesOn && at < units.length && !isDelimiter(at) && endLength(at) === 0)
          return { records, fault: 'malformed_quote', isEndless: true };
      }
      while (goesOn && at < units.length && !isDelimiter(at) && endLength(at) === 0) {
        if (units[at] === quote && field.length > 0)
          return { records, fault: 'malformed_quote', isEndless: true };
        if (escapes && units[at] === BACKSLASH) {
          const ending = endLength(at + 1);
          const isOther = [34, 39, BACKSLASH].includes(units[at + 1] ?? -1);
          const length = ending > 0 ? ending : isDelimiter(at + 1) ? delimiter.length : isOther ? 1 : 0;
          if (ending > 0) line++;
          for (const unit of length > 0 ? units.slice(at + 1, at + 1 + length) : [BACKSLASH])
            field.push(unit);
          at += 1 + length;
        } else field.push(units[at++] ?? 0);
      }
      values.push(textOf(field, dialect));
      if (at >= units.length || !isDelimiter(at)) break;
      at += delimiter.length;
    }
    records.push({ line: start, values });
    at += endLength(at);
    line++;
  }
  const last = units.at(-1);
  return { records, isEndless: last !== LF && last !== CR };
}

function skip(units: number[], lines: number): number {
  let at = 0;
  for (let left = lines; left > 0; left--) {
    while (at < units.length && units[at] !== LF && units[at] !== CR) at++;
    if (at >= units.length) return units.length;
    at += units[at] === CR && units[at + 1] === LF ? 2 : 1;
  }
  return at;
}
