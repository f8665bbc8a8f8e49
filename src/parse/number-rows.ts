import { hash } from 'node:crypto';
import type { Finding } from '../vocabulary/finding.ts';
import { isBlank, type SourceRow } from '../vocabulary/row.ts';
import { DIGEST_LENGTH, FIELD_SEPARATOR } from './packed-rows.ts';
import type { ByteFacts } from './recognise-encoding.ts';
import type { RowContext } from './row-context.ts';

/** With which DOS ended a file. */
const DOS_END = '\u001a';
const REPLACED = '\ufffd';

/** One record as it was found. */
interface FoundRecord {
  values: readonly string[];
  /** How many lines it takes. */
  lines: number;
  /** False of a header and of a blank line. */
  isData?: boolean;
  /** What is wrong with it as a line; otherwise its values are looked at. */
  flaw?: Finding | undefined;
}

export type Numbering = ReturnType<typeof openNumbering>;

/** Gives each record its row and line. */
export function openNumbering(context: RowContext) {
  const { columns, read, bytes } = context;
  const nulls = new Set(read.null);
  let batch: SourceRow[] = [];
  let newest: SourceRow | undefined;
  let row = 0;
  let line = read.skip_lines + 1;
  let headerIsDue = read.header === true && !read.fixed_width;

  function take({ values, lines, isData, flaw }: FoundRecord): void {
    const start = line;
    line += lines;
    if (isData === false) return;
    if (headerIsDue) {
      headerIsDue = values.every(isBlank);
      return;
    }
    if (values.length === 1 && columns.length > 1 && isBlank((values[0] ?? '').replace(DOS_END, ''))) return;
    row++;
    const known = nulls.size === 0 ? values : values.map((value) => (nulls.has(value.trim()) ? '' : value));
    newest = { row, line: start, values: known, digest: digestOf(known) };
    const wrong = flaw ?? flawOf(values, columns, bytes);
    if (wrong) newest.flaw = wrong;
    batch.push(newest);
  }

  return {
    take,
    nextLine: () => line,
    above: () => ({ rows: row, last: newest, line, hasHeader: !headerIsDue }),
    drain(): SourceRow[] {
      const full = batch;
      batch = [];
      return full;
    },
  };
}

/** Cryptographic, so that two rows never meet by chance or by malice. */
function digestOf(values: readonly string[]): string {
  return hash('sha256', values.join(FIELD_SEPARATOR), 'binary').slice(0, DIGEST_LENGTH);
}

function flawOf(
  values: readonly string[],
  columns: readonly string[],
  bytes: ByteFacts,
): Finding | undefined {
  if (values.length !== columns.length)
    return wrongLength(`The row has ${values.length} fields, the header has ${columns.length}`);
  if (bytes.suspect) {
    const at = values.findIndex((value) => value.includes(REPLACED));
    if (at >= 0)
      return inColumn('bad_encoding', columns[at] ?? '', `has bytes that are no ${bytes.encoding} text`);
  }
  if (bytes.hasNul) {
    const at = values.findIndex((value) => value.includes('\u0000'));
    if (at >= 0) return inColumn('nul_character', columns[at] ?? '', 'has a NUL character');
  }
  return undefined;
}

export function wrongLength(message: string): Finding {
  return { code: 'field_count', field: '', message, value: '' };
}

function inColumn(code: Finding['code'], column: string, what: string): Finding {
  return { code, field: '', message: `The column ${column} ${what}`, value: '' };
}
