import type { DatabaseSync } from 'node:sqlite';
import { openLayouts, readChanges } from './layouts.ts';
import { prepareQuery, type Row } from './query.ts';

/**
 * Everything that matters, a line of JSON each, in an order that is the same however the ledger came about. Numbers
 * by which rows refer to one another are left out: they differ from ledger to ledger.
 */
export function* dumpLedger(database: DatabaseSync): Generator<string> {
  const layouts = openLayouts(database);
  const fields = (layout: Row[number], content: Row[number]) => [
    ...layouts.fieldsOf(Number(layout), String(content)),
  ];
  yield* lines(database, 'run', RUNS, (row) => [
    ...row.slice(0, 8),
    ...row.slice(8, 11).map(parsedOrNull),
    row[11],
  ]);
  yield* lines(database, 'file', FILES, (row) => [...row.slice(0, -1), parsed(row.at(-1))]);
  yield* lines(database, 'record', RECORDS, (row) => [
    ...row.slice(0, -2),
    fields(row[8] ?? 0, row[9] ?? ''),
  ]);
  yield* lines(database, 'touch', TOUCHES, (row) => [
    ...row.slice(0, -1),
    row[6] === null ? null : readChanges(String(row[6])),
  ]);
  yield* lines(database, 'delivery', DELIVERIES, (row) => [...row.slice(0, -1), parsed(row.at(-1))]);
  yield* lines(database, 'presence', PRESENCES, (row) => row);
  yield* lines(database, 'acknowledgement', ACKNOWLEDGEMENTS, (row) => row);
  yield* lines(database, 'answer', ANSWERS, (row) => row);
  yield* lines(database, 'link', LINKS, (row) => row);
  yield* lines(database, 'decision', DECISIONS, (row) => [...row.slice(0, -1), parsed(row.at(-1))]);
  yield* lines(database, 'temporary_id', TEMPORARY_IDS, (row) => row);
}

const RUNS = `SELECT connection, row_number() OVER (PARTITION BY connection ORDER BY seq), id, outcome, business_date,
  started_at, finished_at, manifest_sha256, totals, outputs, recipient, destroyed_by
  FROM runs ORDER BY connection, seq`;
const FILES = `SELECT connection, name, bytes, targets FROM files JOIN layouts USING (layout) ORDER BY 1, 2`;
const RECORDS = `SELECT connection, name, id, mapped, active, deactivated, school, grade, records.layout, content
  FROM records JOIN files USING (file) ORDER BY 1, 2, 3`;
const TOUCHES = `SELECT files.connection, name, t.id, runs.id, change, note, fields
  FROM all_touches AS t JOIN files USING (file) JOIN runs USING (seq)
  ORDER BY 1, 2, 3, seq, fields IS NOT NULL, touch`;
const DELIVERIES = `SELECT files.connection, name, runs.id, how, targets
  FROM deliveries JOIN files USING (file) JOIN runs USING (seq) JOIN layouts ON layouts.layout = deliveries.layout
  ORDER BY 1, 2, seq`;
const PRESENCES = `SELECT files.connection, name, presences.id, runs.id, presence
  FROM presences JOIN files USING (file) JOIN runs USING (seq) ORDER BY 1, 2, 3, seq, 5`;
const ACKNOWLEDGEMENTS = `SELECT k.connection, runs.id, answered, file, sha256, accepted, refused
  FROM acknowledgements AS k JOIN runs USING (seq) ORDER BY 1, seq`;
const ANSWERS = `SELECT a.connection, a.id, runs.id, verdict, status, message
  FROM answers AS a JOIN runs USING (seq) ORDER BY 1, 2, seq`;
const LINKS = `SELECT connection, name, from_id, to_id FROM links JOIN files USING (file) ORDER BY 1, 2, 3`;
const DECISIONS = `SELECT connection, file, id, field, sealed, choice, value, about, decided_by, decided_at, reason, shown
  FROM decisions ORDER BY 1, 2, 3, 4, 5`;
const TEMPORARY_IDS = `SELECT connection, prefix, key, id, sealed FROM temporary_ids ORDER BY 1, 2, 3`;

function* lines(
  database: DatabaseSync,
  what: string,
  sql: string,
  tell: (row: Row) => readonly unknown[],
): Generator<string> {
  for (const row of prepareQuery(database, sql).all()) yield JSON.stringify([what, ...tell(row)]);
}

function parsedOrNull(json: Row[number] | undefined): unknown {
  return json === null ? null : parsed(json);
}

function parsed(json: Row[number] | undefined): unknown {
  return JSON.parse(String(json));
}
