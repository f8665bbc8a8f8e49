import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredRecord } from '../vocabulary/memory.ts';
import { type Layouts, openLayouts } from './layouts.ts';
import type { DeliveredView } from './ledger.ts';
import { prepareQuery, type Query, type Row } from './query.ts';
import type { IndexEntry } from './snapshot/index-copy.ts';
import { type CopyOf, openIndexCopy } from './snapshot/open-index-copy.ts';
import { BATCH, walkIndex } from './snapshot/walk-index.ts';

/** A copy of fewer records saves nothing that anybody would feel. */
const LEAST_COPIED = 20_000;

const NOTHING: DeliveredView = {
  count: 0,
  targets: [],
  bytes: undefined,
  async *index() {},
  fetch: async () => new Map(),
};

export interface ReadOptions {
  /** Puts a copy of the index into force. */
  keep: CopyOf['keep'];
  /** From how many records on there are copies. */
  leastCopied?: number | undefined;
}

export function readDelivered(
  database: DatabaseSync,
  { connection, name }: { connection: string; name: string },
  { keep, leastCopied = LEAST_COPIED }: ReadOptions,
): DeliveredView {
  const layouts = openLayouts(database);
  const row = prepareQuery(
    database,
    'SELECT file, layout, bytes FROM files WHERE connection = ? AND name = ?',
  ).first(connection, name);
  if (!row) return NOTHING;
  const [file, layout, bytes] = row.map(Number);
  if (file === undefined || layout === undefined) return NOTHING;
  const targets = layouts.targetsOf(layout);
  const isLarge = hasAtLeast(database, file, leastCopied);
  const copy = isLarge ? openIndexCopy(database, { connection, file, keep }) : undefined;
  const fetch = prepareFetch(database);
  let counted: number | undefined;
  return {
    // Of a million it takes as long as twenty thousand rows, and most who ask for a view do not ask for it.
    get count() {
      counted ??= countDelivered(database, file);
      return counted;
    },
    targets,
    bytes,
    ...(copy && { copy }),
    index: () => readIndex(database, file),
    fetch: async (ids) => fetchRecords(fetch, { file, targets, layouts }, ids),
  };
}

/** Those that were removed count too. */
function hasAtLeast(database: DatabaseSync, file: number, least: number): boolean {
  if (least === 0) return true;
  const nth = prepareQuery(database, 'SELECT 1 FROM records WHERE file = ? LIMIT 1 OFFSET ?');
  return nth.first(file, least - 1) !== undefined;
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
  for await (const batch of walkIndex(database, file)) yield batch.map(({ entry }) => entry);
}

interface FetchFrom {
  file: number;
  targets: readonly string[];
  layouts: Layouts;
}

/** Once for all batches of a view: to prepare it takes longer than to fetch a few records. */
function prepareFetch(database: DatabaseSync): Query {
  return prepareQuery(
    database,
    `SELECT id, mapped, active, school, grade, layout, content FROM records
     WHERE file = ? AND id IN (SELECT value FROM json_each(?))`,
  );
}

function fetchRecords(fetch: Query, from: FetchFrom, ids: readonly string[]): Map<string, DeliveredRecord> {
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
