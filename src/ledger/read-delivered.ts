import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredRecord } from '../vocabulary/memory.ts';
import { type Layouts, openLayouts } from './layouts.ts';
import type { DeliveredView, IndexEntry } from './ledger.ts';
import { prepareQuery, type Row } from './query.ts';

/** Few enough to be gone before the collector takes them for something that stays. */
const BATCH = 500;

const NOTHING: DeliveredView = {
  count: 0,
  targets: [],
  bytes: undefined,
  async *index() {},
  fetch: async () => new Map(),
};

export function readDelivered(database: DatabaseSync, connection: string, name: string): DeliveredView {
  const layouts = openLayouts(database);
  const row = prepareQuery(
    database,
    'SELECT file, layout, bytes FROM files WHERE connection = ? AND name = ?',
  ).first(connection, name);
  if (!row) return NOTHING;
  const [file, layout, bytes] = row.map(Number);
  if (file === undefined || layout === undefined) return NOTHING;
  const targets = layouts.targetsOf(layout);
  return {
    count: countDelivered(database, file),
    targets,
    bytes,
    index: () => readIndex(database, file),
    fetch: async (ids) => fetchRecords(database, { file, targets, layouts }, ids),
  };
}

/** Both counts are read from an index, not from the records. */
function countDelivered(database: DatabaseSync, file: number): number {
  const row = prepareQuery(
    database,
    `SELECT (SELECT count(*) FROM records WHERE file = ?1)
       - (SELECT count(*) FROM records WHERE file = ?1 AND deactivated = 1)`,
  ).first(file);
  return Number(row?.[0]);
}

async function* readIndex(database: DatabaseSync, file: number): AsyncGenerator<readonly IndexEntry[]> {
  const page = prepareQuery(
    database,
    `SELECT record, id, mapped, active, school, grade, deactivated FROM records
     WHERE file = ? AND record > ? ORDER BY record LIMIT ${BATCH}`,
  );
  let last = 0;
  for (;;) {
    const rows = page.all(file, last);
    if (rows.length === 0) return;
    last = Number(rows.at(-1)?.[0]);
    yield rows.map(asIndexEntry);
  }
}

function asIndexEntry([, id, mapped, active, school, grade, deactivated]: Row): IndexEntry {
  return {
    id: String(id),
    mapped: String(mapped),
    active: active === 1,
    school: String(school),
    grade: String(grade),
    deactivated: deactivated === 1,
  };
}

interface FetchFrom {
  file: number;
  targets: readonly string[];
  layouts: Layouts;
}

function fetchRecords(
  database: DatabaseSync,
  from: FetchFrom,
  ids: readonly string[],
): Map<string, DeliveredRecord> {
  const fetch = prepareQuery(
    database,
    `SELECT id, mapped, active, school, grade, layout, content FROM records
     WHERE file = ? AND id IN (SELECT value FROM json_each(?))`,
  );
  const found = new Map<string, DeliveredRecord>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const rows = fetch.all(from.file, JSON.stringify(ids.slice(at, at + BATCH)));
    for (const row of rows) found.set(String(row[0]), asRecord(row, from));
  }
  return found;
}

function asRecord(row: Row, { targets, layouts }: FetchFrom): DeliveredRecord {
  const [id, mapped, active, school, grade, layout, content] = row;
  return {
    id: String(id),
    values: valuesFor(targets, layouts, { layout: Number(layout), content: String(content) }),
    mapped: String(mapped),
    active: active === 1,
    school: String(school),
    grade: String(grade),
  };
}

function valuesFor(
  targets: readonly string[],
  layouts: Layouts,
  record: { layout: number; content: string },
): readonly string[] {
  if (layouts.targetsOf(record.layout) === targets) return JSON.parse(record.content);
  const fields = layouts.fieldsOf(record.layout, record.content);
  return targets.map((target) => fields.get(target) ?? '');
}
