import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.ts';

export interface TemporaryId {
  prefix: string;
  key: string;
  id: string;
}

/** Ids that were given and that no sealed run has carried yet are told apart, so that they are carried once. */
export interface TemporaryIds {
  find(connection: string, prefix: string, key: string): string | undefined;
  /** The next free one, for a key that has none. */
  give(connection: string, prefix: string, key: string): string;
  /** One that was given elsewhere: it gives way to whatever has its key or its id. */
  keep(connection: string, given: TemporaryId): void;
  /** One that a sealed run carries: it went out, so it stands against any that did not. */
  seal(connection: string, given: TemporaryId): void;
}

export function openTemporaryIds(database: DatabaseSync): TemporaryIds {
  const find = prepareQuery(
    database,
    'SELECT id FROM temporary_ids WHERE connection = ? AND prefix = ? AND key = ?',
  );
  const last = prepareQuery(
    database,
    'SELECT max(number) FROM temporary_ids WHERE connection = ? AND prefix = ?',
  );
  const taken = prepareQuery(database, 'SELECT 1 FROM temporary_ids WHERE connection = ? AND id = ?');
  const insert = database.prepare(
    `INSERT OR IGNORE INTO temporary_ids (connection, prefix, key, id, number, sealed) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const giveWay = database.prepare(
    `DELETE FROM temporary_ids WHERE connection = ? AND sealed = 0 AND ((prefix = ? AND key = ?) OR id = ?)`,
  );
  return {
    find(connection, prefix, key) {
      const row = find.first(connection, prefix, key);
      return row && String(row[0]);
    },
    give(connection, prefix, key) {
      let number = Number(last.first(connection, prefix)?.[0] ?? 0) + 1;
      // T1 and 1 make the same id as T and 11.
      while (taken.first(connection, `${prefix}${number}`)) number++;
      const id = `${prefix}${number}`;
      insert.run(connection, prefix, key, id, number, 0);
      return id;
    },
    keep(connection, { prefix, key, id }) {
      insert.run(connection, prefix, key, id, numberOf(prefix, id), 0);
    },
    seal(connection, { prefix, key, id }) {
      giveWay.run(connection, prefix, key, id);
      insert.run(connection, prefix, key, id, numberOf(prefix, id), 1);
    },
  };
}

export function readUnsealedIds(database: DatabaseSync, connection: string): TemporaryId[] {
  const rows = prepareQuery(
    database,
    `SELECT prefix, key, id FROM temporary_ids WHERE connection = ? AND sealed = 0 ORDER BY prefix, number`,
  ).all(connection);
  return rows.map(([prefix, key, id]) => ({ prefix: String(prefix), key: String(key), id: String(id) }));
}

/** What counts on after it; 0 of an id that this program did not make. */
function numberOf(prefix: string, id: string): number {
  const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  const number = /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
  return Number.isSafeInteger(number) ? number : 0;
}
