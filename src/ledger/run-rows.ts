import type { DatabaseSync } from 'node:sqlite';
import type { AppliedRun } from './ledger.ts';
import { prepareQuery } from './query.ts';

/** The line of each run, within the transaction that remembers what it taught. */
export interface RunRows {
  has(id: string): boolean;
  /** @returns its number */
  insert(run: AppliedRun): number;
  /** Everything of a run that was inserted before all of it was known. */
  complete(seq: number, run: AppliedRun): void;
}

export function openRunRows(database: DatabaseSync): RunRows {
  const find = prepareQuery(database, 'SELECT 1 FROM runs WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO runs (id, connection, outcome, business_date, started_at, finished_at, manifest_sha256, totals, outputs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const complete = database.prepare(
    `UPDATE runs SET (id, connection, outcome, business_date, started_at, finished_at, manifest_sha256, totals, outputs)
     = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE seq = ?`,
  );
  return {
    has: (id) => find.first(id) !== undefined,
    insert: (run) => Number(insert.run(...columnsOf(run)).lastInsertRowid),
    complete: (seq, run) => void complete.run(...columnsOf(run), seq),
  };
}

function columnsOf({ totals, outputs, ...run }: AppliedRun) {
  const { id, connection, outcome, businessDate, startedAt, finishedAt, manifestSha256 } = run;
  const sent = outputs ? JSON.stringify(outputs) : null;
  const known = [id, connection, outcome, businessDate, startedAt, finishedAt, manifestSha256] as const;
  return [...known, JSON.stringify(totals), sent] as const;
}
