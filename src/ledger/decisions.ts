import type { DatabaseSync } from 'node:sqlite';
import type { MatchDecision } from '../vocabulary/memory.ts';
import { prepareQuery, type Row } from './query.ts';

/**
 * Decisions lie in two layers: what sealed runs carried, and above it what was said since. So the lower layer is a
 * function of the sealed runs alone, whenever somebody decides.
 */
export interface Decisions {
  /** Into the upper layer. */
  say(connection: string, decision: MatchDecision): void;
  /** Into the upper layer, where it was said after whatever is sealed about this record. */
  take(connection: string, decision: MatchDecision): void;
  /** Into the lower layer, because a sealed run carries it. */
  seal(connection: string, decision: MatchDecision): void;
}

export function openDecisions(database: DatabaseSync): Decisions {
  const keep = database.prepare(
    `INSERT OR REPLACE INTO decisions (connection, file, id, choice, decided_by, decided_at, reason, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const drop = database.prepare(
    `DELETE FROM decisions WHERE connection = ? AND file = ? AND id = ?
     AND choice = ? AND decided_by = ? AND decided_at = ? AND reason = ? AND sealed = 0`,
  );
  const sealedAt = prepareQuery(
    database,
    'SELECT decided_at FROM decisions WHERE connection = ? AND file = ? AND id = ? AND sealed = 1',
  );
  const columns = (connection: string, { file, id, choice, by, at, reason }: MatchDecision) =>
    [connection, file, id, choice, by, at, reason] as const;
  return {
    say: (connection, decision) => void keep.run(...columns(connection, decision), 0),
    take(connection, decision) {
      const [at] = sealedAt.first(connection, decision.file, decision.id) ?? [];
      if (at !== undefined && Date.parse(String(at)) >= Date.parse(decision.at)) return;
      keep.run(...columns(connection, decision), 0);
    },
    seal(connection, decision) {
      keep.run(...columns(connection, decision), 1);
      // One that was said after the run had been written stays above it.
      drop.run(...columns(connection, decision));
    },
  };
}

const COLUMNS = 'file, id, choice, decided_by, decided_at, reason';

/** Those in force: what was said since goes before what was sealed. */
export function readDecisions(database: DatabaseSync, connection: string): MatchDecision[] {
  const rows = prepareQuery(
    database,
    `SELECT ${COLUMNS} FROM decisions AS one WHERE connection = ?1 AND (sealed = 0 OR NOT EXISTS (
       SELECT 1 FROM decisions WHERE connection = ?1 AND file = one.file AND id = one.id AND sealed = 0))
     ORDER BY file, id`,
  ).all(connection);
  return rows.map(readDecision);
}

export function readUnsealedDecisions(database: DatabaseSync, connection: string): MatchDecision[] {
  const sql = `SELECT ${COLUMNS} FROM decisions WHERE connection = ? AND sealed = 0 ORDER BY file, id`;
  return prepareQuery(database, sql).all(connection).map(readDecision);
}

const MATCH = 'match:';

function readDecision([file, id, choice, by, at, reason]: Row): MatchDecision {
  const text = String(choice);
  return {
    file: String(file),
    id: String(id),
    choice: text.startsWith(MATCH) ? `match:${text.slice(MATCH.length)}` : 'new',
    by: String(by),
    at: String(at),
    reason: String(reason),
  };
}
