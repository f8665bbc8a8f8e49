/**
 * Parse: bytes to rows.
 *
 * in:       a fetched file, how its mapping says to read it
 * out:      batches of rows, each with its number, its first line and its values as text
 * promises: every record of the file is a row, in order; what is wrong with one row is said at that row, what is
 *           wrong with the file stops it, named with line and column
 * never:    changes a value, guesses a missing one, or puts one into an error
 */

import type { SourceRow } from '../vocabulary/row.ts';
import type { Notice } from '../vocabulary/run.ts';
import { decodedChunks, readHead } from './decode.ts';
import { headerLine, headerRecord } from './header-record.ts';
import { type HeaderMatch, matchHeader } from './match-header.ts';
import { type PackedRows, type RowBatch, rowsOf } from './packed-rows.ts';
import { type ReaderName, readBatches, readerOf } from './read-rows.ts';
import { recogniseDelimiter } from './recognise-delimiter.ts';
import { type ByteFacts, recogniseEncoding, recogniseScanned } from './recognise-encoding.ts';
import type { RowContext } from './row-context.ts';
import { batchesFromThread } from './rows-from-worker.ts';
import type { ByteScan } from './scan-bytes.ts';
import type { ReadSettings } from './schema.ts';
import { settleColumns } from './trailing-delimiter.ts';

export interface InputFile {
  /** The name under which people know the file. */
  file: string;
  encoding: string;
  /** The character itself; a tab is "\t". Or fixed_width. */
  delimiter: string;
  header: HeaderMatch;
  /** Rows in order, some hundreds at a time; may be walked once. Grows its notices while it goes. */
  batches(): AsyncGenerator<SourceRow[]>;
  /** The same, packed; not of a file that has the separator of packed values itself. */
  packed(): AsyncGenerator<PackedRows>;
  notices: Notice[];
  /** What makes rows of its bytes. */
  reader: ReaderName;
  /** What reading the rows takes, wherever it is done. */
  context: RowContext;
}

export interface InputOptions {
  /** Where the bytes lie. */
  path: string;
  /** The name that errors and reports use. */
  file: string;
  read: ReadSettings;
  /** Columns that the mapping names: they help to tell the delimiter. */
  wanted: readonly string[];
  /** Where they are known already. */
  bytes?: ByteFacts | undefined;
  /** Where somebody looked at every byte already. */
  scan?: ByteScan | undefined;
}

/** Throws empty_file, unreadable_encoding, too_many_columns, duplicate_column; the walk throws the errors of rows. */
export async function openInput(options: InputOptions): Promise<InputFile> {
  const { path, file, read } = options;
  const bytes = options.bytes ?? (await bytesOf(options));
  const head = await readHead(path, bytes, read.skip_lines);
  const delimiter = read.fixed_width ? 'fixed_width' : recogniseDelimiter(head, read, options.wanted);
  const context = { file, read, delimiter };
  const names = headerRecord(head, context);
  const { columns, notices: odd } = read.fixed_width
    ? { columns: names, notices: [] }
    : settleColumns(names, head, context);
  const header = matchHeader(columns, { file, line: headerLine(head, context) }, read.match);
  const notices: Notice[] = [...header.notices, ...odd];
  const rows = { ...context, columns, bytes, notices };
  return {
    file,
    encoding: bytes.encoding,
    delimiter,
    header,
    notices,
    reader: readerOf(rows),
    context: rows,
    batches: () => rowsOf(batchesOf(path, rows)),
    packed: () => packedOf(batchesOf(path, rows)),
  };
}

async function bytesOf({ path, file, read, scan }: InputOptions): Promise<ByteFacts> {
  return scan ? recogniseScanned(scan, file, read.encoding) : recogniseEncoding(path, file, read.encoding);
}

/** Below this a thread of its own costs more than it saves. */
const WORTH_A_THREAD_BYTES = 8 << 20;

/** The one place that picks where rows are read; they are the same. */
async function* batchesOf(path: string, context: RowContext): AsyncGenerator<RowBatch> {
  const { bytes, read } = context;
  if (bytes.sizeBytes >= WORTH_A_THREAD_BYTES && bytes.isPackable) yield* batchesFromThread(path, context);
  else yield* readBatches(decodedChunks(path, bytes, read.skip_lines), context);
}

async function* packedOf(batches: AsyncIterable<RowBatch>): AsyncGenerator<PackedRows> {
  for await (const batch of batches) yield batch.packed();
}
