import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { csvOptions, explainCsvError } from './csv-options.ts';
import { readSchema } from './schema.ts';

/** A small table that people keep beside the configuration: match codes, waivers. */
export interface SmallTable {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, string>>[];
}

export interface TableOptions {
  /** The name that errors use; the path where it is left out. */
  file?: string;
  /** Rows to read at most. */
  limit?: number;
}

/** Comma-separated UTF-8 with a header. Throws local_io, empty_file, and what is wrong with a row. */
export async function readTable(path: string, options: TableOptions = {}): Promise<SmallTable> {
  const file = options.file ?? path;
  const records: string[][] = [];
  try {
    const to = options.limit === undefined ? -1 : options.limit + 1;
    const parser = parse({ ...csvOptions(readSchema.parse({}), ','), bom: true, skip_empty_lines: true, to });
    for await (const record of createReadStream(path)
      .on('error', (error) => parser.destroy(error))
      .pipe(parser))
      records.push(record);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw diskError(`Cannot read ${path}`, cause);
    throw explainCsvError(cause, {
      file,
      startLine: typeof cause.lines === 'number' ? cause.lines : 1,
      columns: records[0] ?? [],
    });
  }
  const [header, ...rest] = records;
  if (!header)
    throw new AppError('empty_file', 'The table is empty: it has no header', { place: { file, line: 1 } });
  const columns = header.map((name) => name.trim());
  const rows = rest.map((record) => Object.fromEntries(columns.map((name, at) => [name, record[at] ?? ''])));
  return { columns, rows };
}
