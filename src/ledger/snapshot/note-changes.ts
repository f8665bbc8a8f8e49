import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from '../query.ts';
import { removeSnapshots } from './snapshot-file.ts';

/** Beyond so many in one run, a new copy is made sooner than they are looked up. */
const MOST_NOTED = 100_000;

/**
 * Which records a run changes, for the copies that were made before it. While the run is applied there are none: whoever
 * changes a record otherwise finds a copy in force, and the triggers of `records` take it away for good. So a writer that
 * is forgotten here costs time and never makes a copy older than the ledger. Records that are added need no note: they
 * have greater numbers than any that was there before.
 */
export interface Changes {
  /** Forgets a run that was rolled back. */
  begin(): void;
  /** To be called before records of the file change; may be called again. */
  open(file: number): void;
  note(file: number, record: number): void;
  /** At the end of the transaction: copies are in force again. */
  close(): void;
  /** Takes away whatever was kept of a connection, from the disk too. */
  destroy(connection: string): void;
}

interface Noted {
  sha256: string;
  records: Set<number>;
}

export function openChanges(database: DatabaseSync): Changes {
  const take = prepareQuery(database, 'DELETE FROM snapshots WHERE file = ? RETURNING sha256');
  const putBack = database.prepare('INSERT INTO snapshots (file, sha256) VALUES (?, ?)');
  const note = database.prepare('INSERT OR IGNORE INTO changed_records (file, record) VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM changed_records WHERE file = ?');
  const files = prepareQuery(database, 'SELECT file FROM files WHERE connection = ?');
  const opened = new Map<number, Noted>();

  function giveUp(file: number): void {
    opened.delete(file);
    take.first(file);
    forget.run(file);
  }

  return {
    begin: () => opened.clear(),
    open(file) {
      const taken = take.first(file);
      if (taken) opened.set(file, { sha256: String(taken[0]), records: new Set() });
    },
    note(file, record) {
      const noted = opened.get(file);
      if (!noted) return;
      noted.records.add(record);
      if (noted.records.size > MOST_NOTED) giveUp(file);
    },
    close() {
      for (const [file, { sha256, records }] of opened) {
        for (const record of records) note.run(file, record);
        putBack.run(file, sha256);
      }
      opened.clear();
    },
    destroy(connection) {
      const own = files.all(connection).map(([file]) => Number(file));
      for (const file of own) giveUp(file);
      // Before the commit: a copy that is gone is no loss, and one that stayed would be.
      const path = database.location();
      if (path !== null) removeSnapshots(path, own);
    },
  };
}
