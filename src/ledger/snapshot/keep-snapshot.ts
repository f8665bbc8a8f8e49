import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from '../query.ts';

/** How far the ledger had followed a connection: every transaction that teaches it something of one adds a run. */
export function lastSeq(database: DatabaseSync, connection: string): number {
  const row = prepareQuery(database, 'SELECT max(seq) FROM runs WHERE connection = ?').first(connection);
  return Number(row?.[0] ?? 0);
}

/**
 * Puts a copy into force that was made of a file as it was after the run `seq`; within the transaction of the caller.
 * False where the ledger has learned of the connection since, so that the copy may be older than the ledger.
 */
export function keepSnapshot(
  database: DatabaseSync,
  { connection, file, seq, sha256 }: { connection: string; file: number; seq: number; sha256: string },
): boolean {
  if (lastSeq(database, connection) !== seq) return false;
  database.prepare('DELETE FROM changed_records WHERE file = ?').run(file);
  database.prepare('INSERT OR REPLACE INTO snapshots (file, sha256) VALUES (?, ?)').run(file, sha256);
  return true;
}
