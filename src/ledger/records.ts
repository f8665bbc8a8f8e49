import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredRecord } from '../vocabulary/memory.ts';
import { changedFields, type Fields, type Layouts, readTexts, writeChanges } from './layouts.ts';
import type { FieldChange, TouchChange } from './ledger.ts';
import { prepareQuery } from './query.ts';
import type { Changes } from './snapshot/note-changes.ts';

/** A file of the run that is being applied. */
export interface OpenFile {
  file: number;
  layout: number;
  targets: readonly string[];
  /** No target is there twice. */
  isPlain: boolean;
}

export interface KnownRecord {
  file: number;
  record: number;
  id: string;
  /** The run that created it, where no touch says so. */
  created: number | null;
  deactivated: boolean;
  layout: number;
  content: string;
  /** Read when it is asked for: of most records only some values are. */
  readonly fields: Fields;
}

/** A record but for its values, whose JSON is the content. */
type RecordFacts = Omit<DeliveredRecord, 'values'>;

/** The single steps by which what is known of a file changes; each within the transaction of a run. */
export interface Records {
  find(file: number, id: string): KnownRecord | undefined;
  /** False where the id is known already: then nothing was done. @param created see KnownRecord. */
  insert(at: OpenFile, record: RecordFacts, content: string, created: number | null): boolean;
  update(at: OpenFile, known: KnownRecord, record: RecordFacts, content: string): void;
  deactivate(known: KnownRecord, last: { layout: number; content: string }): void;
  /** The same record under another id; what happened under the old one stays there. */
  rename(known: KnownRecord, id: string): void;
  remove(known: KnownRecord): void;
  /** What is known beside the values. */
  renew(known: KnownRecord, facts: RecordFacts): void;
  touch(file: number, touch: NewTouch): void;
}

export interface NewTouch {
  seq: number;
  id: string;
  change: TouchChange;
  note: string;
  /** Null of a record that was created: its first values follow from the present ones and the touches since. */
  fields: readonly FieldChange[] | null;
}

export function openRecords(database: DatabaseSync, layouts: Layouts, changes: Changes): Records {
  const find = prepareQuery(
    database,
    'SELECT record, created, layout, content, deactivated FROM records WHERE file = ? AND id = ?',
  );
  const { insert, update, deactivate, rename, renew, remove, touch } = prepareChanges(database);
  const note = ({ file, record }: KnownRecord) => changes.note(file, record);
  return {
    find: (file, id) => readKnown({ file, id }, find.first(file, id), layouts),
    insert(at, { id, mapped, active, school, grade }, content, created) {
      const isActive = Number(active);
      const { changes } = insert.run(
        at.file,
        id,
        mapped,
        isActive,
        school,
        grade,
        created,
        at.layout,
        content,
      );
      return changes === 1;
    },
    update(at, known, { mapped, active, school, grade }, content) {
      note(known);
      update.run(mapped, Number(active), school, grade, at.layout, content, known.record);
    },
    deactivate(known, last) {
      note(known);
      deactivate.run(last.layout, last.content, known.record);
    },
    rename(known, id) {
      note(known);
      rename.run(id, known.record);
    },
    remove(known) {
      note(known);
      remove.run(known.record);
    },
    renew(known, { mapped, active, school, grade }) {
      note(known);
      renew.run(mapped, Number(active), school, grade, known.record);
    },
    touch(file, { seq, id, change, note, fields }) {
      touch.run(seq, file, id, change, note, fields === null ? null : writeChanges(fields));
    },
  };
}

function prepareChanges(database: DatabaseSync) {
  return {
    insert: database.prepare(
      `INSERT INTO records (file, id, mapped, active, deactivated, school, grade, created, layout, content)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT (file, id) DO NOTHING`,
    ),
    update: database.prepare(
      `UPDATE records SET mapped = ?, active = ?, deactivated = 0, school = ?, grade = ?, layout = ?, content = ?
     WHERE record = ?`,
    ),
    deactivate: database.prepare(
      'UPDATE records SET active = 0, deactivated = 1, layout = ?, content = ? WHERE record = ?',
    ),
    rename: database.prepare('UPDATE records SET id = ?, created = NULL WHERE record = ?'),
    renew: database.prepare(
      `UPDATE records SET mapped = ?, active = ?, deactivated = 0, school = ?, grade = ? WHERE record = ?`,
    ),
    remove: database.prepare('DELETE FROM records WHERE record = ?'),
    touch: database.prepare(
      'INSERT INTO touches (seq, file, id, change, note, fields) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  };
}

/** What a record differs in from what was known before, of which there may be nothing. */
export function changesSince(
  known: KnownRecord | undefined,
  now: { at: OpenFile; values: readonly string[] },
): FieldChange[] {
  const { targets, layout, isPlain } = now.at;
  if (known?.layout === layout && isPlain)
    return changesWithin(targets, readTexts(known.content), now.values);
  const fields = new Map(targets.map((target, at) => [target, now.values[at] ?? '']));
  return changedFields(known?.fields, fields);
}

/** The same as `changedFields` of two records of one layout, as nearly all are. */
function changesWithin(
  targets: readonly string[],
  before: readonly string[],
  after: readonly string[],
): FieldChange[] {
  const changes: FieldChange[] = [];
  let at = -1;
  for (const field of targets) {
    const was = before[++at] ?? '';
    const is = after[at] ?? '';
    if (was !== is) changes.push({ field, before: was, after: is });
  }
  return changes;
}

function readKnown(
  { file, id }: { file: number; id: string },
  row: ReturnType<ReturnType<typeof prepareQuery>['first']>,
  layouts: Layouts,
): KnownRecord | undefined {
  if (!row) return undefined;
  const [record, created, layout, content, deactivated] = row;
  return {
    file,
    record: Number(record),
    id,
    created: created === null ? null : Number(created),
    deactivated: deactivated === 1,
    layout: Number(layout),
    content: String(content),
    get fields() {
      return layouts.fieldsOf(Number(layout), String(content));
    },
  };
}
