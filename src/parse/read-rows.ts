import { hash } from 'node:crypto';
import { CsvError, type Info, type Parser, parse } from 'csv-parse';
import { AppError } from '../errors/app-error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import { csvOptions, explainCsvError } from './csv-options.ts';
import { openFooter } from './footer.ts';
import { DIGEST_LENGTH, FIELD_SEPARATOR } from './packed-rows.ts';
import type { ByteFacts } from './recognise-encoding.ts';
import type { RowContext } from './row-context.ts';

const NEW_LINES = /\r\n|\n|\r/g;
const REPLACED = '\ufffd';

/** Walks the records; one batch a chunk of bytes. */
export async function* readRows(
  chunks: AsyncIterable<Buffer>,
  context: RowContext,
): AsyncGenerator<SourceRow[]> {
  const numbering = openNumbering(context);
  const parser = parse({
    ...csvOptions(context.read, context.delimiter),
    // Taking the record here instead of from the stream's end saves a queue and an event a row.
    on_record: (values: string[], info) => {
      numbering.take(values, info);
      return null;
    },
  });
  let failure: unknown;
  parser.on('error', (error) => {
    failure = error;
  });
  const footer = openFooter(context);
  let lastByte = 0;
  try {
    for await (const chunk of footer.without(chunks)) {
      lastByte = chunk[chunk.length - 1] ?? lastByte;
      await feed(parser, chunk);
      yield numbering.drain();
    }
    await finish(parser);
    footer.check(numbering.above());
    noteTheEnd(numbering.above().last, lastByte, context);
    yield numbering.drain();
  } catch (cause) {
    const error = failure ?? cause;
    if (!(error instanceof CsvError)) throw error;
    throw explainCsvError(error, {
      file: context.file,
      startLine: numbering.nextLine(),
      columns: context.columns,
    });
  } finally {
    parser.destroy();
  }
}

function feed(parser: Parser, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function finish(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    parser.once('end', resolve);
    parser.resume();
    parser.end();
  });
}

/** Gives each record its row and line. */
function openNumbering(context: RowContext) {
  const { columns, read, bytes } = context;
  const nulls = new Set(read.null);
  let batch: SourceRow[] = [];
  let newest: SourceRow | undefined;
  let row = 0;
  let line = read.skip_lines + 1;
  let linesSeen = 0;
  let headerIsDue = read.header === true;

  function take(values: string[], info: Info): void {
    const start = line;
    // csv-parse counts a CRLF inside quotes as two lines, so where it saw more than one we count ourselves.
    line += info.lines - linesSeen === 1 ? 1 : 1 + newLinesIn(values);
    linesSeen = info.lines;
    if (headerIsDue) {
      headerIsDue = false;
      return;
    }
    if (values.length === 1 && values[0] === '' && columns.length > 1) return;
    row++;
    const known = nulls.size === 0 ? values : values.map((value) => (nulls.has(value.trim()) ? '' : value));
    newest = { row, line: start, values: known, digest: digestOf(known) };
    const flaw = flawOf(values, columns, bytes);
    if (flaw) newest.flaw = flaw;
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

function newLinesIn(values: readonly string[]): number {
  return values.reduce((count, value) => count + (value.match(NEW_LINES)?.length ?? 0), 0);
}

function flawOf(
  values: readonly string[],
  columns: readonly string[],
  bytes: ByteFacts,
): Finding | undefined {
  if (values.length !== columns.length) {
    return {
      code: 'field_count',
      field: '',
      message: `The row has ${values.length} fields, the header has ${columns.length}`,
      value: '',
    };
  }
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

function inColumn(code: Finding['code'], column: string, what: string): Finding {
  return { code, field: '', message: `The column ${column} ${what}`, value: '' };
}

/** A last row that is short and has no line end was cut; one that is whole is only worth a remark. */
function noteTheEnd(last: SourceRow | undefined, lastByte: number, context: RowContext): void {
  if (!last || lastByte === 0x0a || lastByte === 0x0d) return;
  if (last.values.length < context.columns.length) {
    const column = last.values.length;
    throw new AppError(
      'truncated_file',
      `The file ends in the middle of its last row, in field ${column} (${context.columns[column - 1] ?? ''}) of ${context.columns.length}`,
      {
        place: { file: context.file, line: last.line, column },
      },
    );
  }
  context.notices.push({
    code: 'no_final_line_end',
    message: 'The last row has no line end: a value in its last column may be cut',
    file: context.file,
  });
}
