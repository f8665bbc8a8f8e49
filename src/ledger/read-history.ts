import type { DatabaseSync } from 'node:sqlite';
import { DEPENDANT_MARK } from '../vocabulary/memory.ts';
import { type Layouts, openLayouts, readChanges } from './layouts.ts';
import type { AppliedRun, FieldChange, HistoryEntry, TouchChange } from './ledger.ts';
import { prepareQuery, type Query } from './query.ts';
import { findRun } from './read-runs.ts';

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
  const { linkedWith, dependantsOf } = openIds(database);
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
    `SELECT t.seq, t.id, runs.id, t.change, t.note, t.fields, t.touch FROM all_touches AS t JOIN runs USING (seq)
     WHERE t.file = ? AND t.id = ? ORDER BY t.seq, t.fields IS NOT NULL, t.touch`,
  );
  const record = prepareQuery(database, 'SELECT layout, content FROM records WHERE file = ? AND id = ?');
  return (file, id) => {
    const now = fieldsNow(layouts, record.first(file, id));
    const found = touches.all(file, id).map(([seq, at, run, change, note, fields, touch]) => ({
      seq: Number(seq),
      id: String(at),
      run: String(run),
      change: asTouchChange(change),
      note: String(note),
      order: fields === null ? 0 : Number(touch),
      stored: fields === null ? undefined : readChanges(String(fields)),
    }));
    return goBack(found, now);
  };
}

function openIds(database: DatabaseSync) {
  const linked = prepareQuery(
    database,
    'SELECT to_id FROM links WHERE file = ?1 AND from_id = ?2 UNION SELECT from_id FROM links WHERE file = ?1 AND to_id = ?2',
  );
  // A range and not LIKE, so that both are read from an index.
  const range = 'file = ?1 AND id >= ?2 AND id < ?3';
  const dependants = prepareQuery(
    database,
    `SELECT id FROM records WHERE ${range} UNION SELECT id FROM touches WHERE ${range} ORDER BY 1`,
  );
  return {
    /** All ids of one student, from any of them. */
    linkedWith(file: number, id: string): Set<string> {
      const ids = new Set([id]);
      // A set is walked to its end, also as it grows.
      for (const one of ids) for (const [other] of linked.all(file, one)) ids.add(String(other));
      return ids;
    },
    dependantsOf: (file: number, student: string): string[] =>
      dependants
        .all(file, student + DEPENDANT_MARK, student + AFTER_DEPENDANTS)
        .map(([dependant]) => String(dependant)),
  };
}

/** The next character: every id of a dependant is less than the student's with this one behind it. */
const AFTER_DEPENDANTS = String.fromCharCode(DEPENDANT_MARK.charCodeAt(0) + 1);

/**
 * From the present values back through every touch: what is left when the one that created the record is reached is
 * what was sent then. So a first run need not write down a second time what it sent of a million students.
 */
function goBack(
  touches: readonly (Omit<Touch, 'fields'> & { stored: FieldChange[] | undefined })[],
  now: ReadonlyMap<string, string>,
): Touch[] {
  const state = new Map(now);
  const done = touches.toReversed().map(({ stored, ...touch }) => {
    const fields = stored ?? [...state].map(([field, after]) => ({ field, before: null, after }));
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

function rememberRuns(database: DatabaseSync): (id: string) => AppliedRun {
  const known = new Map<string, AppliedRun>();
  return (id) => {
    const run = known.get(id) ?? findRun(database, id);
    if (!run) throw new RangeError('A touch names a run that is not there');
    known.set(id, run);
    return run;
  };
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
