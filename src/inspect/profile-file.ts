import { stat } from 'node:fs/promises';
import { AppError, asAppError } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { readHead } from '../parse/decode.ts';
import { type InputFile, openInput } from '../parse/open-input.ts';
import { recogniseEncoding } from '../parse/recognise-encoding.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import type { Notice } from '../vocabulary/run.ts';
import { type ColumnProfile, columnName, type Dialect, type Profile, type RejectedRows } from './profile.ts';
import { profileColumns } from './profile-column.ts';
import { readSettingsOf } from './read-settings.ts';
import { recogniseDialect } from './recognise-dialect.ts';
import { remarkFile } from './remark-file.ts';
import { splitRecords } from './split-records.ts';
import { type ColumnTally, openTally, tallyValue } from './tally-column.ts';

/** Counted exactly up to so many different values a column; of very wide files up to fewer, so that memory stays flat. */
const MOST_DISTINCT = 10_000;
const MOST_DISTINCT_IN_ALL = 1_000_000;
const MOST_FIRST_LINES = 5;

export interface OpenedFile {
  dialect: Dialect;
  /** Every column under a name of its own place; a blank header is named by its position. */
  columns: string[];
  input: InputFile;
  sizeBytes: number;
  hasByteOrderMark: boolean;
}

export interface InspectedFile {
  path: string;
  /** The name that errors and the profile use. */
  file: string;
}

/** Walks the whole file once. Throws `usage` where there is no such file, `empty_file`, `unreadable_encoding`. */
export async function profileFile(
  inspected: InspectedFile,
  options: { showsValues?: boolean } = {},
): Promise<Profile> {
  const { dialect, columns, input, sizeBytes, hasByteOrderMark } = await openForInspection(inspected);
  const mostDistinct = Math.min(
    MOST_DISTINCT,
    Math.floor(MOST_DISTINCT_IN_ALL / Math.max(1, columns.length)),
  );
  const walk = openWalk(input.header.columns, mostDistinct);
  const stopped = await walkRows(input, walk.take);
  const remarks: Notice[] = [...input.notices, ...remarkFile(dialect, columns, walk)];
  return {
    file: inspected.file,
    sizeBytes,
    encoding: input.encoding,
    hasByteOrderMark,
    ...dialect,
    rows: walk.rows,
    rejected: [...walk.rejected.values()],
    columns: markBlankHeaders(
      profileColumns(columns, walk.tallies, { mostDistinct, showsValues: options.showsValues === true }),
      input.header.columns,
    ),
    remarks,
    ...(stopped ? { stopped } : {}),
  };
}

/** A column without a name can be named by no mapping. */
function markBlankHeaders(columns: ColumnProfile[], header: readonly string[]): ColumnProfile[] {
  const message = 'its header is blank, so no mapping can name it';
  return columns.map((column, at) =>
    header[at] === ''
      ? { ...column, remarks: [{ code: 'blank_header', message }, ...column.remarks] }
      : column,
  );
}

/** The file as its own beginning says that it is to be read. */
export async function openForInspection({ path, file }: InspectedFile): Promise<OpenedFile> {
  await refuseNoFile(path, file);
  const bytes = await recogniseEncoding(path, file, 'auto');
  const head = await readHead(path, bytes, 0);
  const text = head.toString();
  const isCut = head.length < bytes.sizeBytes - bytes.bomBytes;
  const dialect = recogniseDialect(text, isCut);
  const read = dialect.hasHeader ? readSettingsOf(dialect, []) : headless(dialect, text, isCut);
  const input = await openInput({ path, file, read: { ...read, encoding: bytes.encoding }, wanted: [] });
  return {
    dialect,
    input,
    columns: input.header.columns.map(columnName),
    sizeBytes: bytes.sizeBytes,
    hasByteOrderMark: bytes.bomBytes > 0,
  };
}

/** A file without a header is read under the numbers of its columns. */
function headless(dialect: Dialect, text: string, isCut: boolean) {
  const records = splitRecords(text, dialect, dialect.skipLines + 2, isCut);
  const first = records.find((one) => one.line > dialect.skipLines);
  return readSettingsOf(
    dialect,
    (first?.values ?? ['']).map((_, index) => columnName('', index)),
  );
}

async function refuseNoFile(path: string, file: string): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isFile()) return;
  } catch (cause) {
    if (errnoOf(cause) !== 'ENOENT') throw diskError(`Cannot read ${file}`, cause);
    throw new AppError('usage', `There is no file ${file}`, { hint: 'Check the path.' });
  }
  throw new AppError('usage', `${file} is a folder and no file`, { hint: 'Name one file in it.' });
}

/** What ends the reading early is part of the profile: what was read until then is worth seeing. */
async function walkRows(input: InputFile, take: (row: SourceRow) => void): Promise<AppError | undefined> {
  try {
    for await (const batch of input.batches()) for (const row of batch) take(row);
    return undefined;
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'defect') throw thrown;
    return error;
  }
}

export interface Walk {
  rows: number;
  rejected: Map<string, RejectedRows>;
  tallies: ColumnTally[];
  /** Lines at which the header stands again. */
  repeatedHeaders: number[];
  /** The last rows that have another number of fields than the header: a footer, or a cut. */
  endsWith: { values: readonly string[]; line: number }[];
}

function openWalk(
  header: readonly string[],
  mostDistinct: number,
): Walk & { take: (row: SourceRow) => void } {
  const walk: Walk = {
    rows: 0,
    rejected: new Map(),
    tallies: header.map(openTally),
    repeatedHeaders: [],
    endsWith: [],
  };
  const { tallies } = walk;
  const take = ({ values, flaw, line }: SourceRow): void => {
    walk.rows++;
    if (flaw) {
      reject(walk.rejected, flaw.code, line);
      if (flaw.code === 'field_count') walk.endsWith = [...walk.endsWith.slice(-3), { values, line }];
      return;
    }
    if (walk.endsWith.length > 0) walk.endsWith = [];
    if (values[0]?.trim() === header[0] && values.every((value, at) => value.trim() === header[at]))
      walk.repeatedHeaders.push(line);
    for (let at = 0; at < tallies.length; at++) {
      const tally = tallies[at];
      if (tally) tallyValue(tally, values[at] ?? '', mostDistinct);
    }
  };
  return Object.assign(walk, { take });
}

function reject(rejected: Walk['rejected'], code: string, line: number): void {
  const known = rejected.get(code) ?? { code, count: 0, firstLines: [] };
  known.count++;
  if (known.firstLines.length < MOST_FIRST_LINES) known.firstLines.push(line);
  rejected.set(code, known);
}
