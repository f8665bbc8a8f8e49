import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.ts';

/**
 * All that the ledger knows of one connection from its sealed runs, as lines of JSON: what a purge keeps in place of the
 * memory that it destroys. Runs, files and layouts are referred to by their place among their like, from 0.
 * What no sealed run carries yet is not in it.
 */
export function* readCheckpoint(database: DatabaseSync, connection: string): Generator<string> {
  yield JSON.stringify(['checkpoint', FORMAT, connection]);
  for (const { kind, sql } of PARTS)
    for (const row of prepareQuery(database, sql).all(connection)) yield JSON.stringify([kind, ...row]);
}

export const FORMAT = 1;

const NUMBERED = `
  WITH run AS (SELECT row_number() OVER (ORDER BY seq) - 1 AS n, * FROM runs WHERE connection = ?1),
  own AS (SELECT row_number() OVER (ORDER BY name) - 1 AS n, * FROM files WHERE connection = ?1),
  used AS (SELECT own.layout FROM own UNION SELECT records.layout FROM records JOIN own USING (file)
    UNION SELECT deliveries.layout FROM deliveries JOIN own USING (file)),
  form AS (SELECT row_number() OVER (ORDER BY layout) - 1 AS n, * FROM layouts JOIN used USING (layout))`;

export const RUN_COLUMNS =
  'id, outcome, business_date, started_at, finished_at, manifest_sha256, totals, outputs, recipient, destroyed_by';
export const RECORD_COLUMNS = 'id, mapped, active, deactivated, school, grade';
export const DECISION_COLUMNS =
  'file, id, field, choice, value, about, shown, decided_by, decided_at, reason';
export const ACKNOWLEDGEMENT_COLUMNS = 'answered, file, sha256, accepted, refused';
export const ANSWER_COLUMNS = 'id, verdict, status, message';

interface Part {
  kind: string;
  sql: string;
}

/** In the order in which they refer to one another. */
const PARTS: readonly Part[] = [
  { kind: 'run', sql: `${NUMBERED} SELECT ${RUN_COLUMNS} FROM run ORDER BY n` },
  { kind: 'layout', sql: `${NUMBERED} SELECT targets FROM form ORDER BY n` },
  {
    kind: 'file',
    sql: `${NUMBERED} SELECT name, form.n, bytes FROM own JOIN form ON form.layout = own.layout ORDER BY own.n`,
  },
  {
    kind: 'record',
    sql: `${NUMBERED} SELECT own.n, ${RECORD_COLUMNS.replace('id', 'records.id')}, run.n, form.n, content
      FROM records JOIN own USING (file) JOIN form ON form.layout = records.layout LEFT JOIN run ON run.seq = created
      ORDER BY record`,
  },
  {
    kind: 'touch',
    sql: `${NUMBERED} SELECT own.n, run.n, touches.id, change, note, fields
      FROM touches JOIN own USING (file) JOIN run USING (seq) ORDER BY touch`,
  },
  {
    kind: 'delivery',
    sql: `${NUMBERED} SELECT own.n, run.n, form.n, how
      FROM deliveries JOIN own USING (file) JOIN run USING (seq) JOIN form ON form.layout = deliveries.layout
      ORDER BY 1, 2`,
  },
  {
    kind: 'presence',
    sql: `${NUMBERED} SELECT own.n, run.n, presences.id, presence
      FROM presences JOIN own USING (file) JOIN run USING (seq) ORDER BY 1, 2, 3, 4`,
  },
  {
    kind: 'acknowledgement',
    sql: `${NUMBERED} SELECT run.n, ${ACKNOWLEDGEMENT_COLUMNS} FROM acknowledgements JOIN run USING (seq) ORDER BY 1`,
  },
  {
    kind: 'answer',
    sql: `${NUMBERED} SELECT run.n, ${ANSWER_COLUMNS.replace('id', 'answers.id')} FROM answers JOIN run USING (seq)
      ORDER BY 1, 2`,
  },
  {
    kind: 'link',
    sql: `${NUMBERED} SELECT own.n, from_id, to_id FROM links JOIN own USING (file) ORDER BY 1, 2`,
  },
  {
    kind: 'decision',
    sql: `SELECT ${DECISION_COLUMNS} FROM decisions WHERE connection = ?1 AND sealed = 1 ORDER BY 1, 2, 3`,
  },
  {
    kind: 'temporary_id',
    sql: `SELECT prefix, key, id, number FROM temporary_ids WHERE connection = ?1 AND sealed = 1 ORDER BY 1, 2`,
  },
];
