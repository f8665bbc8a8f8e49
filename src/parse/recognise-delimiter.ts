import { parse } from 'csv-parse/sync';
import { lettersOf, withoutPrefix } from './alike-column.ts';
import { firstFields } from './parse-text.ts';
import type { ReadSettings } from './schema.ts';

const CANDIDATES = [',', '\t', '|', ';'] as const;

/**
 * The delimiter that the mapping names, or the one that makes most sense of the first line: the columns that the
 * mapping wants decide, or how many it names where the file has no header; then the number of columns.
 */
export function recogniseDelimiter(head: Buffer, read: ReadSettings, wanted: readonly string[]): string {
  if (read.delimiter !== 'auto') return read.delimiter;
  const line = firstLine(head, read.quote);
  const fold = read.match === 'alike' ? (name: string) => lettersOf(withoutPrefix(name)) : trim;
  const names = new Set(wanted.map(fold));
  const due = read.header === true ? 0 : read.header.length;
  let best: { delimiter: string; score: number } = { delimiter: ',', score: -1 };
  for (const delimiter of CANDIDATES) {
    const columns = columnsOf(line, delimiter, read);
    const known =
      due > 0 ? Number(columns.length === due) : columns.filter((column) => names.has(fold(column))).length;
    const score = known * 1000 + columns.length;
    if (columns.length > 1 && score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function trim(name: string): string {
  return name.trim();
}

function columnsOf(line: string, delimiter: string, read: ReadSettings): string[] {
  if (read.escape === 'backslash') return firstFields(line, { read, delimiter });
  const quote = read.quote === 'none' ? null : read.quote;
  const options = { delimiter, quote, relax_quotes: true, relax_column_count: true, to: 1 };
  try {
    return parse(line, options)[0] ?? [];
  } catch {
    // Not readable with this delimiter, so it is not the one; the real error comes from the real reading.
    return [];
  }
}

/** The first line that is not blank, up to a line end that is not inside quotes. */
function firstLine(head: Buffer, quote: ReadSettings['quote']): string {
  const mark = quote === 'none' ? -1 : quote.charCodeAt(0);
  let inQuotes = false;
  let from = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at];
    if (byte === mark) inQuotes = !inQuotes;
    else if (!inQuotes && (byte === 0x0a || byte === 0x0d)) {
      const line = head.toString('utf8', from, at);
      if (line.trim() !== '') return line;
      from = at + 1;
    }
  }
  return head.toString('utf8', from);
}
