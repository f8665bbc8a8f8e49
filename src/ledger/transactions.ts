import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { BUSY, resultCodeOf } from './sqlite-error.ts';

/** Another run may be remembering a million records; each try waits five seconds of itself. */
const TRIES = 12;
const PAUSE_MS = 50;

export interface Transactions {
  /** Works in one transaction after the other, also where the work waits for something in between. */
  transact<T>(work: () => T | Promise<T>): Promise<T>;
  /** Fulfilled when nothing is at work that was begun before. */
  settled(): Promise<void>;
}

export function openTransactions(database: DatabaseSync): Transactions {
  let last: Promise<void> = Promise.resolve();
  return {
    transact(work) {
      // One handle is one transaction: whoever came in between would be part of it, and be rolled back with it.
      const turn = last.then(() => transact(database, work));
      last = turn.then(
        () => {},
        () => {},
      );
      return turn;
    },
    settled: () => last,
  };
}

async function transact<T>(database: DatabaseSync, work: () => T | Promise<T>): Promise<T> {
  await begin(database);
  try {
    const answer = await work();
    database.exec('COMMIT');
    return answer;
  } catch (cause) {
    // A full disk makes SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw cause;
  }
}

async function begin(database: DatabaseSync): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return database.exec('BEGIN IMMEDIATE');
    } catch (cause) {
      if (resultCodeOf(cause) !== BUSY || attempt === TRIES) throw cause;
      // The other one may be of this very process, and go on only when this one lets go of the thread.
      await setTimeout(PAUSE_MS);
    }
  }
}
