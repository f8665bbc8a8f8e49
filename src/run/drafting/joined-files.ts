import { join } from 'node:path';
import type { JoinedRows } from '../../mapping/compile-field.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import { joinsIn } from '../../mapping/schema.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { ColumnFinder, ColumnReader } from '../../vocabulary/row.ts';
import { carriedOf, claimedPath, type OpenRun } from '../open-run.ts';
import { type RowsByStudent, spoolByStudent } from './rows-by-student.ts';

/** The files that fields name with `from`: their rows, by the student whom each is about. */
export interface JoinedFiles {
  /** Of a file that the drop lacks, because it need not have it, every column is blank. */
  find(file: string): ColumnFinder | undefined;
  /** Throws nothing: which columns the files lack, once mappings have asked for theirs. */
  mistakes(): ReturnType<InputFile['header']['mistakes']>;
  rowsOf(student: string): ReadonlyMap<string, readonly (readonly string[])[]>;
  close(): void;
}

const BLANK: ColumnReader = () => '';

/** Reads them to their end. Rows that are broken or have no id are nobody's here; their own file says what is wrong. */
export async function openJoinedFiles(run: OpenRun, signal: AbortSignal): Promise<JoinedFiles> {
  const { connection, folder } = run;
  const names = new Set(
    [...connection.files.values()].flatMap(({ mapping }) => joinsIn(mapping).map(({ file }) => file)),
  );
  const opened = new Map<string, RowsByStudent>();
  const close = () => {
    for (const file of opened.values()) file.close();
  };
  try {
    for (const claimed of carriedOf(run)) {
      const { name, file } = claimed;
      const plan = connection.files.get(name);
      if (!plan || !names.has(name)) continue;
      const { mapping } = plan;
      const at = { path: claimedPath(run, claimed), file, spool: join(folder.work, `${name}.joined`) };
      opened.set(name, await spoolByStudent({ ...at, mapping, signal }));
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    close,
    find: (name) => opened.get(name)?.header.find ?? (connection.files.has(name) ? () => BLANK : undefined),
    mistakes: () => [...opened.values()].flatMap(({ header }) => header.mistakes()),
    rowsOf: (student) => new Map([...opened].map(([name, file]) => [name, valuesOf(file, student)])),
  };
}

function valuesOf(file: RowsByStudent, student: string): (readonly string[])[] {
  return file.rowsOf(student).map(({ values }) => values);
}

/** A mapping that is handed the joined rows of each record's student. */
export function withJoinedRows(
  compiled: CompiledMapping,
  joined: JoinedFiles | undefined,
  readId: ColumnReader,
): CompiledMapping {
  if (!joined || compiled.joinedFiles.length === 0) return compiled;
  const rowsFor = (values: readonly string[], rows: JoinedRows | undefined): JoinedRows =>
    new Map([...joined.rowsOf(readId(values).trim()), ...(rows ?? [])]);
  return {
    ...compiled,
    map: (values, rows) => compiled.map(values, rowsFor(values, rows)),
    explain: (values, rows) => compiled.explain(values, rowsFor(values, rows)),
  };
}
