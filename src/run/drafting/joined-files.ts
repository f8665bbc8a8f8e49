import { join } from 'node:path';
import type { LoadedFile } from '../../config/load-connection.ts';
import { openAppendFile } from '../../files/append-file.ts';
import type { JoinedRows } from '../../mapping/compile-field.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import { joinsIn } from '../../mapping/schema.ts';
import { type InputFile, openInput } from '../../parse/open-input.ts';
import { openRowLists } from '../../tally/row-lists.ts';
import { type ColumnFinder, type ColumnReader, isBlank } from '../../vocabulary/row.ts';
import { carriedOf, claimedPath, type OpenRun } from '../open-run.ts';
import { wantedColumns } from './identity-columns.ts';

/** The files that fields name with `from`: their rows, by the student whom each is about. */
export interface JoinedFiles {
  /** Of a file that the drop lacks, because it need not have it, every column is blank. */
  find(file: string): ColumnFinder | undefined;
  /** Throws nothing: which columns the files lack, once mappings have asked for theirs. */
  mistakes(): ReturnType<InputFile['header']['mistakes']>;
  rowsOf(student: string): ReadonlyMap<string, readonly (readonly string[])[]>;
  close(): void;
}

interface JoinedFile {
  header: InputFile['header'];
  rowsOf(student: string): string[][];
  close(): void;
}

const BLANK: ColumnReader = () => '';

/** Reads them to their end. Rows that are broken or have no id are nobody's here; their own file says what is wrong. */
export async function openJoinedFiles(run: OpenRun, signal: AbortSignal): Promise<JoinedFiles> {
  const { connection, folder } = run;
  const names = new Set(
    [...connection.files.values()].flatMap(({ mapping }) => joinsIn(mapping).map(({ file }) => file)),
  );
  const opened = new Map<string, JoinedFile>();
  const close = () => {
    for (const file of opened.values()) file.close();
  };
  try {
    for (const claimed of carriedOf(run)) {
      const { name, file } = claimed;
      const plan = connection.files.get(name);
      if (!plan || !names.has(name)) continue;
      const at = { path: claimedPath(run, claimed), file, spool: join(folder.work, `${name}.joined`) };
      opened.set(name, await readJoined(at, plan, signal));
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    close,
    find: (name) => opened.get(name)?.header.find ?? (connection.files.has(name) ? () => BLANK : undefined),
    mistakes: () => [...opened.values()].flatMap(({ header }) => header.mistakes()),
    rowsOf: (student) => new Map([...opened].map(([name, file]) => [name, file.rowsOf(student)])),
  };
}

async function readJoined(
  at: { path: string; file: string; spool: string },
  { mapping }: LoadedFile,
  signal: AbortSignal,
): Promise<JoinedFile> {
  const wanted = wantedColumns(mapping.identity);
  const input = await openInput({ path: at.path, file: at.file, read: mapping.read, wanted });
  const readId = input.header.find(mapping.identity.id, 'identity.id');
  const spool = openAppendFile(at.spool);
  const lists = openRowLists();
  try {
    for await (const batch of input.batches()) {
      signal.throwIfAborted();
      for (const { values, flaw } of batch) {
        const id = flaw ? '' : readId(values).trim();
        if (!isBlank(id)) lists.add(id, spool.appendText(JSON.stringify(values)));
      }
    }
  } catch (error) {
    spool.close();
    throw error;
  }
  return {
    header: input.header,
    close: spool.close,
    rowsOf: (student) => lists.of(student).map((span) => JSON.parse(spool.read(span).toString())),
  };
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
