import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUSY_TIMEOUT_MS } from './open-database.ts';
import { BUSY, resultCodeOf } from './sqlite-error.ts';

/** Another run may be remembering a million records; each try waits five seconds of itself. */
const TRIES = 12;
const PAUSE_MS = 50;
/** Shorter than another process waits in one try, so that nobody is refused for it. */
const HOLD_MS = 2500;

export interface Transactions {
  /** Works in one transaction after the other, also where the work waits for something in between. */
  transact<T>(work: () => T | Promise<T>): Promise<T>;
  /** A transaction that stays open while its holder waits for something else. Undefined where anybody else is at work. */
  hold(): Held | undefined;
  /** Fulfilled when nothing is at work that was begun before. */
  settled(): Promise<void>;
}

/**
 * It gives way to whoever of this process wants a transaction, and after a while to other processes, who cannot be heard:
 * then nothing of it is there. So nobody ever waits for what its holder waits for.
 */
export interface Held {
  /** Once it is false, nothing may be written for it any more. */
  isOpen(): boolean;
  /** False where it gave way before. Throws what the database says; nothing of it is there then. */
  commit(): boolean;
  /** May be called at any time, also when it is over. */
  giveUp(): void;
}

/** @param holdMs so long at most a transaction is held */
export function openTransactions(database: DatabaseSync, holdMs = HOLD_MS): Transactions {
  let last: Promise<void> = Promise.resolve();
  let atWork = 0;
  let held: Held | undefined;
  return {
    async transact(work) {
      held?.giveUp();
      atWork++;
      // One handle is one transaction: whoever came in between would be part of it, and be rolled back with it.
      const turn = last.then(() => transact(database, work));
      last = turn.then(
        () => {},
        () => {},
      );
      try {
        return await turn;
      } finally {
        atWork--;
      }
    },
    hold() {
      if (atWork > 0 || held?.isOpen()) return undefined;
      held = tryToBegin(database) ? openHeld(database, holdMs) : undefined;
      return held;
    },
    settled() {
      held?.giveUp();
      return last;
    },
  };
}

async function transact<T>(database: DatabaseSync, work: () => T | Promise<T>): Promise<T> {
  await begin(database);
  try {
    const answer = await work();
    database.exec('COMMIT');
    return answer;
  } catch (cause) {
    rollBack(database);
    throw cause;
  }
}

function openHeld(database: DatabaseSync, holdMs: number): Held {
  let isHeld = true;
  const timer = setTimeout(giveUp, holdMs).unref();
  // A full disk makes SQLite roll back by itself: what is written after that would be a transaction of its own.
  const isOpen = () => isHeld && database.isTransaction;

  function end(): void {
    isHeld = false;
    clearTimeout(timer);
  }

  function giveUp(): void {
    if (!isHeld) return;
    rollBack(database);
    end();
  }

  return {
    isOpen,
    giveUp,
    commit() {
      if (!isOpen()) return false;
      try {
        database.exec('COMMIT');
      } finally {
        rollBack(database);
        end();
      }
      return true;
    },
  };
}

function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}

async function begin(database: DatabaseSync): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return database.exec('BEGIN IMMEDIATE');
    } catch (cause) {
      if (resultCodeOf(cause) !== BUSY || attempt === TRIES) throw cause;
      // The other one may be of this very process, and go on only when this one lets go of the thread.
      await sleep(PAUSE_MS);
    }
  }
}

/** Without a wait. False where another one is at work, or the database says why not: whoever must write hears of it. */
function tryToBegin(database: DatabaseSync): boolean {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch {
    return false;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}
