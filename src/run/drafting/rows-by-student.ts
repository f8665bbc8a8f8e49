import type { LoadedFile } from '../../config/load-connection.ts';
import { openAppendFile } from '../../files/append-file.ts';
import { type InputFile, openInput } from '../../parse/open-input.ts';
import { openRowLists } from '../../tally/row-lists.ts';
import { isBlank, type SourceRow } from '../../vocabulary/row.ts';
import { wantedColumns } from './identity-columns.ts';

/** The sound rows of a file by the student whom each is about, wherever they stand. */
export interface RowsByStudent {
  header: InputFile['header'];
  /** Of all rows, broken ones too. */
  count: number;
  /** In the order of the file. */
  rowsOf(student: string): readonly NumberedRow[];
  close(): void;
}

export interface NumberedRow {
  row: number;
  values: readonly string[];
}

export interface SpoolTask {
  path: string;
  /** The name under which people know the file. */
  file: string;
  mapping: LoadedFile['mapping'];
  /** Where the rows may lie. */
  spool: string;
  signal: AbortSignal;
  /** Told each row that is broken; a row without an id is nobody's, and its own file says so. */
  onBroken?: (row: SourceRow) => void;
}

/** Reads the file to its end. */
export async function spoolByStudent(task: SpoolTask): Promise<RowsByStudent> {
  const { path, file, mapping, signal, onBroken } = task;
  const wanted = wantedColumns(mapping.identity);
  const input = await openInput({ path, file, read: mapping.read, wanted });
  const readId = input.header.find(mapping.identity.id, 'identity.id');
  const spool = openAppendFile(task.spool);
  const lists = openRowLists();
  let count = 0;
  try {
    for await (const batch of input.batches()) {
      signal.throwIfAborted();
      count += batch.length;
      for (const row of batch) {
        const id = row.flaw ? '' : readId(row.values).trim();
        if (row.flaw) onBroken?.(row);
        else if (!isBlank(id)) lists.add(id, spool.appendText(JSON.stringify([row.row, ...row.values])));
      }
    }
  } catch (error) {
    spool.close();
    throw error;
  }
  return {
    header: input.header,
    count,
    close: spool.close,
    rowsOf: (student) => lists.of(student).map((span) => asRow(JSON.parse(spool.read(span).toString()))),
  };
}

function asRow([row, ...values]: [number, ...string[]]): NumberedRow {
  return { row, values };
}
