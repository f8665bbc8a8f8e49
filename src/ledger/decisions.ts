import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import type { RecordDecision } from '../vocabulary/memory.ts';
import { readTexts } from './layouts.ts';
import { isChoice } from './memory-entry.ts';
import { prepareQuery, type Row } from './query.ts';

/**
 * Decisions lie in two layers: what sealed runs carried, and above it what was said since. So the lower layer is a
 * function of the sealed runs alone, whenever somebody decides.
 */
export interface Decisions {
  /** Into the upper layer. */
  say(connection: string, decision: RecordDecision): void;
  /** Into the upper layer, where it was said after whatever is sealed about this field, and is not spent. */
  take(connection: string, decision: RecordDecision): void;
  /** Into the lower layer, because a sealed run carries it. */
  seal(connection: string, decision: RecordDecision): void;
  /** Out of both layers: the approval of a record that was sent. */
  spend(connection: string, file: string, id: string): void;
}

const COLUMNS = 'file, id, field, choice, value, about, shown, decided_by, decided_at, reason';

export function openDecisions(database: DatabaseSync): Decisions {
  const keep = database.prepare(
    `INSERT OR REPLACE INTO decisions (sealed, connection, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const drop = database.prepare(
    `DELETE FROM decisions WHERE sealed = 0 AND connection = ? AND (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const spend = database.prepare(
    `DELETE FROM decisions WHERE connection = ? AND file = ? AND id = ? AND field = '' AND choice = 'approve'`,
  );
  const isStale = openStaleCheck(database);
  return {
    say: (connection, decision) => void keep.run(0, connection, ...columnsOf(decision)),
    take(connection, decision) {
      if (!isStale(connection, decision)) keep.run(0, connection, ...columnsOf(decision));
    },
    seal(connection, decision) {
      keep.run(1, connection, ...columnsOf(decision));
      // One that was said after the run had been written stays above it.
      drop.run(connection, ...columnsOf(decision));
    },
    spend: (connection, file, id) => void spend.run(connection, file, id),
  };
}

/** Whether a decision of an old ledger was overtaken by what sealed runs say; told by instants, not by their text. */
function openStaleCheck(database: DatabaseSync) {
  const sealed = prepareQuery(
    database,
    'SELECT decided_at FROM decisions WHERE connection = ? AND file = ? AND id = ? AND field = ? AND sealed = 1',
  );
  const sent = prepareQuery(
    database,
    `SELECT finished_at FROM touches JOIN files USING (file) JOIN runs USING (seq)
     WHERE files.connection = ? AND files.name = ? AND touches.id = ? AND change = 'reactivated'`,
  );
  return (connection: string, { file, id, field, choice, at }: RecordDecision) => {
    const later = sealed.all(connection, file, id, field);
    // The run that spent it may have been sealed when a crash kept it from the old ledger.
    const spent = field === '' && choice === 'approve' ? sent.all(connection, file, id) : [];
    return [...later, ...spent].some(([instant]) => Date.parse(String(instant)) >= Date.parse(at));
  };
}

/** Those in force: what was said since goes before what was sealed. */
export function readDecisions(database: DatabaseSync, connection: string): RecordDecision[] {
  const rows = prepareQuery(
    database,
    `SELECT ${COLUMNS} FROM decisions AS one WHERE connection = ?1 AND (sealed = 0 OR NOT EXISTS (
       SELECT 1 FROM decisions
       WHERE connection = ?1 AND file = one.file AND id = one.id AND field = one.field AND sealed = 0))
     ORDER BY file, id, field`,
  ).all(connection);
  return rows.map(readDecision);
}

export function readUnsealedDecisions(database: DatabaseSync, connection: string): RecordDecision[] {
  const sql = `SELECT ${COLUMNS} FROM decisions WHERE connection = ? AND sealed = 0 ORDER BY file, id, field`;
  return prepareQuery(database, sql).all(connection).map(readDecision);
}

function columnsOf({ file, id, field, choice, value, about, shown, by, at, reason }: RecordDecision) {
  return [file, id, field, choice, value, about, JSON.stringify(shown), by, at, reason] as const;
}

function readDecision(row: Row): RecordDecision {
  const [
    file = '',
    id = '',
    field = '',
    choice,
    value = '',
    about = '',
    shown,
    by = '',
    at = '',
    reason = '',
  ] = row.map(String);
  if (!isChoice(choice)) throw new AppError('ledger_damaged', 'The ledger has a decision that is none');
  return { file, id, field, choice, value, about, shown: readTexts(shown), by, at, reason };
}
