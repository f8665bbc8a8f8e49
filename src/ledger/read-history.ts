import type { DatabaseSync } from 'node:sqlite';
import { type Layouts, openLayouts, readChanges } from './layouts.ts';
import type { FieldChange, HistoryEntry, TouchChange } from './ledger.ts';
import { prepareQuery, type Query } from './query.ts';
import { rememberRuns } from './read-runs.ts';
import { openStudentIds } from './student-ids.ts';

interface Touch {
  seq: number;
  /** In the order in which they were applied; the birth of a record may have been written down later. */
  order: number;
  id: string;
  run: string;
  change: TouchChange;
  note: string;
  fields: readonly FieldChange[];
}

/** What was sent for a student and their dependants, run by run. */
export function readHistory(
  database: DatabaseSync,
  id: string,
  connection: string | undefined,
): HistoryEntry[] {
  const files = prepareQuery(
    database,
    'SELECT connection, file, name FROM files WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection, name',
  ).all(connection ?? null);
  const connections = Map.groupBy(files, ([name]) => String(name));
  const runOf = rememberRuns(database);
  return [...connections.values()].flatMap((own) => {
    const numbers = own.map(([, file, name]) => ({ file: Number(file), name: String(name) }));
    // Stable: touches of one run stay in the order of the files, and there in that in which they were applied.
    const inOrder = readTouches(database, numbers, id).toSorted((one, other) => one.seq - other.seq);
    return inOrder.map(({ seq: _, order: __, run, ...touch }) => ({ run: runOf(run), ...touch }));
  });
}

interface NumberedFile {
  file: number;
  name: string;
}

function readTouches(database: DatabaseSync, files: readonly NumberedFile[], id: string) {
  const touchesOf = openTouches(database);
  const { linkedWith, dependantsOf } = openStudentIds(database);
  const known = files.map(({ file }) => linkedWith(file, id));
  // A file of contacts does not say that a temporary id became another one; that of the students does.
  const students = new Set(known.flatMap((ids) => [...ids]));
  return files.flatMap(({ file, name }, at) => {
    const dependants = [...students].flatMap((student) => dependantsOf(file, student));
    const ids = new Set([...(known[at] ?? []), ...dependants]);
    const touches = [...ids].flatMap((one) => touchesOf(file, one));
    const inOrder = touches.toSorted((one, other) => one.seq - other.seq || one.order - other.order);
    return inOrder.map((touch) => ({ file: name, ...touch }));
  });
}

function openTouches(database: DatabaseSync): (file: number, id: string) => Touch[] {
  const layouts = openLayouts(database);
  const touches = prepareQuery(
    database,
    `SELECT t.seq, t.id, runs.id, t.change, t.note, t.fields, t.touch, destroyed_by FROM all_touches AS t JOIN runs USING (seq)
     WHERE t.file = ? AND t.id = ? ORDER BY t.seq, t.fields IS NOT NULL, t.touch`,
  );
  const record = prepareQuery(database, 'SELECT layout, content FROM records WHERE file = ? AND id = ?');
  return (file, id) => {
    const now = fieldsNow(layouts, record.first(file, id));
    const found = touches.all(file, id).map(([seq, at, run, change, note, fields, touch, destroyedBy]) => ({
      seq: Number(seq),
      id: String(at),
      run: String(run),
      change: asTouchChange(change),
      note: String(note),
      order: fields === null ? 0 : Number(touch),
      stored: fields === null ? undefined : readChanges(String(fields)),
      isStruck: destroyedBy !== null,
    }));
    return goBack(found, now);
  };
}

/**
 * From the present values back through every touch: what is left when the one that created the record is reached is
 * what was sent then. So a first run need not write down a second time what it sent of a million students.
 */
function goBack(
  touches: readonly (Omit<Touch, 'fields'> & { stored: FieldChange[] | undefined; isStruck: boolean })[],
  now: ReadonlyMap<string, string>,
): Touch[] {
  const state = new Map(now);
  const done = touches.toReversed().map(({ stored, isStruck, ...touch }) => {
    const first = [...state].map(([field, after]) => ({ field, before: null, after: isStruck ? '' : after }));
    const fields = stored ?? first;
    for (const { field, before } of fields) {
      if (before === null) state.delete(field);
      else state.set(field, before);
    }
    return { ...touch, fields };
  });
  return done.reverse();
}

function fieldsNow(layouts: Layouts, row: ReturnType<Query['first']>): ReadonlyMap<string, string> {
  return row ? layouts.fieldsOf(Number(row[0]), String(row[1])) : new Map();
}

const CHANGES: readonly TouchChange[] = [
  'created',
  'updated',
  'transferred',
  'promoted',
  'deactivated',
  'reactivated',
  'removed',
  'linked',
];

function asTouchChange(value: unknown): TouchChange {
  const change = CHANGES.find((one) => one === value);
  if (!change) throw new RangeError('A touch has a change that is none');
  return change;
}
