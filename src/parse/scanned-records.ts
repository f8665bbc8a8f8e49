import { StringDecoder } from 'node:string_decoder';
import type { Finding } from '../vocabulary/finding.ts';
import { LONGEST_RECORD_BYTES } from './csv-options.ts';
import { openCsvRecords } from './csv-records.ts';
import { NO_ROW, type Numbering, REPLACED, wrongCount } from './number-rows.ts';
import { rowAt, unpackRows } from './packed-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';
import { PART_BYTES, scanMemory } from './scan-memory.ts';
import { openScanner, type ScanAnswer, type ScanDialect, type Scanner } from './scanner.ts';

const ASCII_END = 0x80;

/** Undefined where csv-parse alone can read the file. */
export function scanDialectOf({ read, delimiter, bytes }: RowContext): ScanDialect | undefined {
  const separator = delimiter.charCodeAt(0);
  if (delimiter.length > 1 || separator >= ASCII_END || !bytes.isPackable) return undefined;
  return { delimiter: separator, quote: read.quote === 'none' ? undefined : read.quote.charCodeAt(0) };
}

/**
 * Records of values between delimiters: the same rows as csv-parse gives, many times as fast. At the first record in
 * which a quote stands where none may stand, or which is too long, csv-parse takes over and says what is wrong.
 */
export function openScannedRecords(context: RowContext, numbering: Numbering): RecordReader {
  const dialect = scanDialectOf(context);
  const memory = dialect && scanMemory();
  if (!dialect || !memory) return openCsvRecords(context, numbering);
  const { bytes, columns } = context;
  const scanner = openScanner(memory, dialect, columns.length);
  const takeRecords = compileTake(context, scanner, numbering);
  const decoder = bytes.encoding === 'utf-8' && bytes.suspect ? new StringDecoder('utf8') : undefined;
  let held: Buffer = Buffer.alloc(0);
  let csv: RecordReader | undefined;

  async function scanAll(more: Buffer, isEnd: boolean): Promise<void> {
    let from = 0;
    do {
      const part = more.subarray(from, from + PART_BYTES);
      from += part.length;
      scanner.load(held, part, isEnd && from === more.length);
      const answer = takeRecords();
      held = Buffer.from(scanner.rest());
      if (answer === 'irregular' || held.length > LONGEST_RECORD_BYTES) {
        csv = openCsvRecords(context, numbering);
        await csv.write(held);
        await csv.write(more.subarray(from));
        return;
      }
    } while (from < more.length);
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

/** Takes every whole record of an input; afterwards the scanner stands at the first that is none. */
function compileTake(context: RowContext, scanner: Scanner, numbering: Numbering): () => ScanAnswer {
  const isDoubtful = compileDoubt(context);
  const rows = openPlaced(context, scanner, numbering);
  return () => {
    const take = isDoubtful(scanner.input()) ? takeTexts : rows.take;
    let answer: ScanAnswer = 'full';
    while (answer === 'full' || answer === 'odd') answer = take(scanner, numbering);
    rows.finish();
    return answer;
  };
}

/** Whether values must be looked at: one may stand for nothing, or have what no text has. */
function compileDoubt({ read, bytes }: RowContext): (input: Buffer) => boolean {
  const { quote } = read;
  const signs = read.null.map((word) => (quote === 'none' ? word : word.replaceAll(quote, quote + quote)));
  if (bytes.suspect) signs.push(REPLACED);
  if (bytes.hasNul) signs.push('\0');
  return (input) => signs.some((sign) => input.includes(sign));
}

/** Rows whose values are looked at. */
function takeTexts(scanner: Scanner, numbering: Numbering): ScanAnswer {
  const answer = scanner.run(numbering.nextLine(), Number.POSITIVE_INFINITY);
  const { records, line } = scanner.found();
  for (let record = 0; record < records; record++) {
    const next = record + 1 < records ? scanner.lineOf(record + 1) : line;
    numbering.take({ values: scanner.valuesOf(record), lines: next - scanner.lineOf(record) });
  }
  scanner.forget();
  return answer;
}

/** Rows whose values nobody needs to look at: no string is made of them. */
function openPlaced({ columns }: RowContext, scanner: Scanner, numbering: Numbering) {
  let placed = 0;
  let flaws: [number, Finding][] = [];

  function finish(): void {
    if (placed === 0) return;
    const records = scanner.take();
    scanner.forget();
    const firstRow = numbering.above().rows - placed + 1;
    const packed = { ...records, firstRow, flaws };
    numbering.takePlaced({ rows: () => unpackRows(packed), packed: () => packed }, rowAt(packed, placed - 1));
    placed = 0;
    flaws = [];
  }

  /** The header, a blank line, or a row that has not as many values as there are columns. */
  function placeOdd(record: number, fields: number, line: number): void {
    const lines = line - numbering.nextLine();
    if (numbering.place(fields, lines, () => scanner.valuesOf(record)) === NO_ROW) scanner.dropLatest();
    else flaws.push([placed++, wrongCount(fields, columns)]);
  }

  return {
    finish,
    take(): ScanAnswer {
      const isHeader = !numbering.above().hasHeader;
      const answer = scanner.run(numbering.nextLine(), isHeader ? 1 : Number.POSITIVE_INFINITY);
      const { records, fields, line } = scanner.found();
      const isOdd = answer === 'odd' || (isHeader && records > placed);
      const whole = isOdd ? records - 1 : records;
      if (whole > placed) numbering.placeWhole(whole - placed, isOdd ? scanner.lineOf(whole) : line);
      placed = whole;
      if (isOdd) placeOdd(whole, fields, line);
      else if (answer === 'full') finish();
      return answer;
    },
  };
}
