import { StringDecoder } from 'node:string_decoder';
import type { Finding } from '../vocabulary/finding.ts';
import { LONGEST_RECORD_BYTES } from './csv-options.ts';
import { openCsvRecords } from './csv-records.ts';
import { digestOf, NO_ROW, type Numbering, REPLACED, wrongCount } from './number-rows.ts';
import { type PackedRows, rowAt, unpackRow, unpackRows } from './packed-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';
import { compileScan, type ScanAnswer, type ScanCursor, type ScanDialect } from './scan-record.ts';

const ASCII_END = 0x80;
/** About as many as a chunk of bytes has. */
const FIRST_ROWS = 400;

/** Undefined where csv-parse alone can read the file. */
export function scanDialectOf({ read, delimiter, bytes }: RowContext): ScanDialect | undefined {
  const separator = delimiter.charCodeAt(0);
  if (delimiter.length > 1 || separator >= ASCII_END || !bytes.isPackable) return undefined;
  return { delimiter: separator, quote: read.quote === 'none' ? undefined : read.quote.charCodeAt(0) };
}

/**
 * Records of values between delimiters: the same rows as csv-parse gives, several times as fast. At the first record in
 * which a quote stands where none may stand, or which is too long, csv-parse takes over and says what is wrong.
 */
export function openScannedRecords(context: RowContext, numbering: Numbering): RecordReader {
  const dialect = scanDialectOf(context);
  if (!dialect) return openCsvRecords(context, numbering);
  const { bytes, columns } = context;
  const takeRecords = compileTake(context, dialect, numbering);
  const decoder = bytes.encoding === 'utf-8' && bytes.suspect ? new StringDecoder('utf8') : undefined;
  let held: Buffer = Buffer.alloc(0);
  let csv: RecordReader | undefined;

  async function scanAll(more: Buffer, isEnd: boolean): Promise<void> {
    const input = held.length === 0 ? more : Buffer.concat([held, more]);
    const cursor = {
      input,
      out: Buffer.allocUnsafeSlow(input.length),
      isEnd,
      ...{ fieldEnds: openEnds(input.length, columns.length), base: 0, columns: columns.length },
      at: 0,
      to: 0,
      fields: 0,
      lines: 0,
    };
    const answer = takeRecords(cursor);
    held = input.subarray(cursor.at);
    if (answer !== 'irregular' && held.length <= LONGEST_RECORD_BYTES) return;
    csv = openCsvRecords(context, numbering);
    await csv.write(held);
  }

  return {
    async write(chunk) {
      const sound = decoder ? Buffer.from(decoder.write(chunk)) : chunk;
      await (csv ? csv.write(sound) : scanAll(sound, false));
    },
    async end() {
      const last = decoder ? Buffer.from(decoder.end()) : Buffer.alloc(0);
      if (csv) await csv.write(last);
      else await scanAll(last, true);
      await csv?.end();
    },
    isCut: ({ values }) => values.length < columns.length,
    close: () => csv?.close(),
  };
}

/** Takes every whole record of an input; afterwards the cursor stands at the first that is none. */
function compileTake(context: RowContext, dialect: ScanDialect, numbering: Numbering) {
  const scan = compileScan(dialect);
  const isDoubtful = compileDoubt(context);
  const takeDoubtful = compileTakeDoubtful(numbering);
  const { columns } = context;
  return (cursor: ScanCursor): ScanAnswer => {
    const rows = openPlaced(cursor, context, numbering);
    const take = isDoubtful(cursor.input) ? takeDoubtful : rows.take;
    let answer: ScanAnswer = 'record';
    while (cursor.at < cursor.input.length) {
      const { at, to, base } = cursor;
      if (base + columns.length > cursor.fieldEnds.length) cursor.fieldEnds = widened(cursor.fieldEnds);
      answer = scan(cursor);
      if (cursor.at - at > LONGEST_RECORD_BYTES) answer = 'irregular';
      if (answer !== 'record') {
        cursor.at = at;
        cursor.to = to;
        break;
      }
      take(cursor, to);
    }
    rows.finish();
    return answer;
  };
}

/** A row has at least a byte a column. */
function openEnds(bytes: number, columns: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.min(FIRST_ROWS, Math.ceil(bytes / columns) + 1) * columns);
}

function widened(ends: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(ends.length * 2);
  wider.set(ends);
  return wider;
}

/** Whether values must be looked at: one may stand for nothing, or have what no text has. */
function compileDoubt({ read, bytes }: RowContext): (input: Buffer) => boolean {
  const { quote } = read;
  const signs = read.null.map((word) => (quote === 'none' ? word : word.replaceAll(quote, quote + quote)));
  if (bytes.suspect) signs.push(REPLACED);
  if (bytes.hasNul) signs.push('\0');
  return (input) => signs.some((sign) => input.includes(sign));
}

function compileTakeDoubtful(numbering: Numbering) {
  return (cursor: ScanCursor, begin: number) => {
    const { out, to, lines } = cursor;
    numbering.take({ values: unpackRow(out, begin, to), lines });
    cursor.to = begin;
  };
}

/** Rows whose values nobody needs to look at: no string is made of them. */
function openPlaced(cursor: ScanCursor, { columns }: RowContext, numbering: Numbering) {
  const { out } = cursor;
  const ends: number[] = [];
  const lines: number[] = [];
  const digests: string[] = [];
  const flaws: [number, Finding][] = [];
  let start = 0;
  const valuesOf = () => unpackRow(out, start, cursor.to);

  function finish(): void {
    if (ends.length === 0) return;
    const packed: PackedRows = {
      values: out.subarray(0, cursor.to),
      ends: Uint32Array.from(ends),
      fieldEnds: cursor.fieldEnds.slice(0, cursor.base),
      digests: digests.join(''),
      firstRow: numbering.above().rows - ends.length + 1,
      lines: Uint32Array.from(lines),
      flaws,
    };
    numbering.takePlaced(
      { rows: () => unpackRows(packed), packed: () => packed },
      rowAt(packed, ends.length - 1),
    );
  }

  return {
    finish,
    take({ fields, lines: taken, to }: ScanCursor, begin: number): void {
      start = begin;
      const line = numbering.place(fields, taken, valuesOf);
      if (line === NO_ROW) {
        cursor.to = begin;
        return;
      }
      if (fields !== columns.length) flaws.push([ends.length, wrongCount(fields, columns)]);
      cursor.base += columns.length;
      digests.push(digestOf(out.subarray(begin, to)));
      ends.push(to);
      lines.push(line);
    },
  };
}
