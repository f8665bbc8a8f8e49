import { join } from 'node:path';
import { compileMatcher, type Matcher } from '../../compare/match-people.ts';
import type { Person } from '../../compare/prepare-person.ts';
import type { LoadedConnection, LoadedFile } from '../../config/load-connection.ts';
import { AppError, throwAll } from '../../errors/app-error.ts';
import { type AppendFile, openAppendFile, type Span } from '../../files/append-file.ts';
import { type CompiledMapping, compileMapping } from '../../mapping/compile-mapping.ts';
import { type InputFile, openInput } from '../../parse/open-input.ts';
import { type ColumnReader, isBlank, type SourceRow } from '../../vocabulary/row.ts';
import type { DropContext, DroppedFile } from '../drafting/drop-context.ts';
import { wantedColumns } from '../drafting/identity-columns.ts';
import { mappingContextOf } from '../drafting/mapping-context.ts';
import { compilePersonReader, otherNames, type PersonReader } from '../drafting/person-columns.ts';
import { loadNicknames } from './load-nicknames.ts';

/** The file that `reconcile.match.against` names: whom the other side has. Nobody in it is judged, sent or remembered. */
export interface ReferenceFile {
  /** As the connection calls it. */
  name: string;
  plan: LoadedFile;
  input: InputFile;
  mapping: CompiledMapping;
  readId: ColumnReader;
  readPerson: PersonReader;
}

/** A row of it, as read and as its own mapping maps it. */
export interface ReferenceRow {
  values: readonly string[];
  /** One a target of its mapping; null where it cannot be mapped. */
  mapped: readonly (string | null)[];
}

/** Everybody in it. */
export interface ReferencePeople {
  matcher: Matcher;
  rowOf(id: string): ReferenceRow | undefined;
  rowsRead: number;
  /** Rows that are broken or have no id: nobody is matched with them. */
  unreadable: number;
  /** Rows that repeat the id of an earlier one, which counts. */
  repeated: number;
  close(): void;
}

export type MatchSettings = NonNullable<LoadedConnection['settings']['reconcile']['match']>;

/** Opens it as far as its header. Throws what is wrong with that; every column at once that is missing for one reason. */
export async function openReference(
  dropped: DroppedFile,
  context: DropContext,
  match: MatchSettings,
): Promise<ReferenceFile> {
  const { connection } = context;
  const plan = connection.files.get(dropped.name);
  if (!plan) throw new AppError('config_invalid', `The connection has no file ${dropped.name} any more`);
  const { mapping } = plan;
  const wanted = wantedColumns(mapping.identity);
  const input = await openInput({ path: dropped.path, file: dropped.file, read: mapping.read, wanted });
  const mappingContext = await mappingContextOf(plan, input, context);
  const compiled = compileMapping(mapping, mappingContext);
  const readId = input.header.find(mapping.identity.id, 'identity.id');
  throwAll(input.header.mistakes());
  const otherDates = [...connection.files.values()].flatMap((one) =>
    one === plan ? [] : [one.mapping.identity.birth_date?.format ?? []].flat(),
  );
  const file = { mapping, input, context: mappingContext, otherDates };
  return {
    name: dropped.name,
    plan,
    input,
    mapping: compiled,
    readId,
    readPerson: compilePersonReader(match, file),
  };
}

export interface ReferenceReading {
  match: MatchSettings;
  workFolder: string;
  progress: (rows: number) => void;
  signal: AbortSignal;
}

/** Takes everybody in: their rows lie on disk, and what tells them apart in memory. */
export async function readReference(
  reference: ReferenceFile,
  reading: ReferenceReading,
): Promise<ReferencePeople> {
  const nicknames = await loadNicknames();
  const spool = openAppendFile(join(reading.workFolder, `${reference.name}.reference`));
  try {
    const { people, spans, ...counts } = await takeIn(reference, spool, reading);
    const matcher = compileMatcher(people, { nicknames, otherColumns: otherNames(reading.match) });
    return {
      ...counts,
      matcher,
      rowOf(id) {
        const span = spans.get(id);
        return span && JSON.parse(spool.read(span).toString());
      },
      close: spool.close,
    };
  } catch (error) {
    spool.close();
    throw error;
  }
}

async function takeIn(reference: ReferenceFile, spool: AppendFile, reading: ReferenceReading) {
  const { input, readId, readPerson } = reference;
  const people: Person[] = [];
  const spans = new Map<string, Span>();
  const counts = { rowsRead: 0, unreadable: 0, repeated: 0 };
  const enter = (row: SourceRow) => {
    const id = row.flaw ? '' : readId(row.values).trim();
    if (isBlank(id)) counts.unreadable++;
    else if (spans.has(id)) counts.repeated++;
    else {
      people.push(readPerson(id, row.values));
      spans.set(id, spool.appendText(JSON.stringify(referenceRow(reference, row.values))));
    }
  };
  for await (const batch of input.batches()) {
    reading.signal.throwIfAborted();
    for (const row of batch) enter(row);
    counts.rowsRead += batch.length;
    reading.progress(counts.rowsRead);
  }
  return { people, spans, ...counts };
}

function referenceRow({ mapping }: ReferenceFile, values: readonly string[]): ReferenceRow {
  const mapped = mapping.map(values);
  if (Array.isArray(mapped)) return { values, mapped };
  const fields = mapping.explain(values);
  return { values, mapped: fields.map((field) => (typeof field.mapped === 'string' ? field.mapped : null)) };
}
