import type { DatabaseSync } from 'node:sqlite';
import { type Answers, openAnswers } from './answers.ts';
import { type Decisions, openDecisions } from './decisions.ts';
import { type Deliveries, openDeliveries } from './deliveries.ts';
import { type Layouts, openLayouts } from './layouts.ts';
import type { AppliedRun } from './ledger.ts';
import { prepareQuery } from './query.ts';
import { type OpenFile, openRecords, type Records } from './records.ts';
import { type Changes, openChanges } from './snapshot/note-changes.ts';
import { openStrike, type Strike } from './strike-runs.ts';
import { openTemporaryIds, type TemporaryIds } from './temporary-ids.ts';
import type { ToldEntry } from './written-record.ts';

/** A run that is being applied. */
export interface Applying {
  run: AppliedRun;
  seq: number;
  /** The files that its entries opened so far. */
  files: Map<string, OpenFile>;
}

export type Entry<Kind extends ToldEntry['kind']> = Extract<ToldEntry, { kind: Kind }>;

/** What the entries of a run change in the database. */
export interface Appliers {
  /** Forgets what was known of a run that was rolled back. */
  begin(): void;
  layouts: Layouts;
  records: Records;
  changes: Changes;
  decisions: Decisions;
  temporaryIds: TemporaryIds;
  openFile(applying: Applying, entry: Entry<'file'>): OpenFile;
  deliveries: Deliveries;
  answers: Answers;
  strike: Strike;
  link(file: number, from: string, to: string): void;
}

export function openAppliers(database: DatabaseSync): Appliers {
  const layouts = openLayouts(database);
  const deliveries = openDeliveries(database);
  const changes = openChanges(database);
  const keepFile = prepareQuery(
    database,
    `INSERT INTO files (connection, name, layout, bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection, name) DO UPDATE SET layout = excluded.layout, bytes = excluded.bytes RETURNING file`,
  );
  const unlink = database.prepare('DELETE FROM links WHERE file = ? AND from_id = ?');
  const link = database.prepare('INSERT OR REPLACE INTO links (file, from_id, to_id) VALUES (?, ?, ?)');
  return {
    begin() {
      layouts.forget();
      changes.begin();
    },
    layouts,
    records: openRecords(database, layouts, changes),
    changes,
    decisions: openDecisions(database),
    deliveries,
    answers: openAnswers(database),
    strike: openStrike(database),
    temporaryIds: openTemporaryIds(database),
    openFile({ run, seq }, { file, targets, bytes }) {
      const layout = layouts.numberOf(targets);
      const row = keepFile.first(run.connection, file, layout, bytes);
      const isPlain = new Set(targets).size === targets.length;
      const at = { file: Number(row?.[0]), layout, targets, isPlain };
      deliveries.open(at, seq);
      changes.open(at.file);
      return at;
    },
    link(file, from, to) {
      // Who goes back to an old id does not leave a ring behind.
      unlink.run(file, to);
      link.run(file, from, to);
    },
  };
}
