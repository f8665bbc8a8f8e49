import type { DatabaseSync } from 'node:sqlite';
import { type Layouts, openLayouts, readChanges } from './layouts.ts';
import type { AppliedRun, FieldChange, HistoryEntry, TouchChange } from './ledger.ts';
import { prepareQuery, type Query } from './query.ts';
import { findRun } from './read-runs.ts';

interface Touch {
  seq: number;
  id: string;
  run: string;
  change: TouchChange;
  note: string;
  fields: readonly FieldChange[];
}

/** What was sent for a student, run by run, in each file that knows one of the ids. */
export function readHistory(
  database: DatabaseSync,
  id: string,
  connection: string | undefined,
): HistoryEntry[] {
  const files = prepareQuery(
    database,
    'SELECT file, name FROM files WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection, name',
  ).all(connection ?? null);
  const reader = openTouches(database);
  const runOf = rememberRuns(database);
  return files.flatMap(([number, name]) => {
    const file = Number(number);
    const touches = [...reader.idsOf(file, id)].flatMap((one) => reader.touchesOf(file, one));
    // Stable: touches of one run and id stay in their order.
    const inOrder = touches.toSorted((one, other) => one.seq - other.seq);
    return inOrder.map(({ seq: _, run, ...touch }) => ({ run: runOf(run), file: String(name), ...touch }));
  });
}

function openTouches(database: DatabaseSync) {
  const layouts = openLayouts(database);
  const touches = prepareQuery(
    database,
    `SELECT t.seq, t.id, runs.id, t.change, t.note, t.fields FROM all_touches AS t JOIN runs USING (seq)
     WHERE t.file = ? AND t.id = ? ORDER BY t.seq, t.fields IS NOT NULL, t.touch`,
  );
  const record = prepareQuery(database, 'SELECT layout, content FROM records WHERE file = ? AND id = ?');
  const linked = prepareQuery(
    database,
    'SELECT to_id FROM links WHERE file = ?1 AND from_id = ?2 UNION SELECT from_id FROM links WHERE file = ?1 AND to_id = ?2',
  );
  return {
    idsOf: (file: number, id: string) => closeOver(linked, file, id),
    touchesOf(file: number, id: string): Touch[] {
      const now = fieldsNow(layouts, record.first(file, id));
      const found = touches.all(file, id).map(([seq, at, run, change, note, fields]) => ({
        seq: Number(seq),
        id: String(at),
        run: String(run),
        change: asTouchChange(change),
        note: String(note),
        stored: fields === null ? undefined : readChanges(String(fields)),
      }));
      return goBack(found, now);
    },
  };
}

/** All ids of one student, from any of them. */
function closeOver(linked: Query, file: number, id: string): Set<string> {
  const ids = new Set([id]);
  // A set is walked to its end, also as it grows.
  for (const one of ids) for (const [other] of linked.all(file, one)) ids.add(String(other));
  return ids;
}

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
