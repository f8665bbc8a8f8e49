/**
 * Ledger: the memory of the house, and the only door to the database.
 *
 * in:       what runs did, and who is at work
 * out:      the same, found again after any crash
 * promises: a lock ends with the process that holds it, however that process ends
 * never:    lets two runs of one connection work at once
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { FOLDER_MODE } from '../files/write-whole.ts';

export interface ConnectionLock extends Disposable {
  release(): void;
}

/**
 * Throws already_running where another process, or another run of this one, has the connection.
 * A database file serves as the lock: the system frees its file locks at once when a process is killed, which a
 * file with a process id in it cannot promise.
 */
export function lockConnection(archivePath: string, connection: string): ConnectionLock {
  const folder = join(archivePath, '.state');
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  const database = new DatabaseSync(join(folder, `${connection}.lock`), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new AppError('already_running', `Another process is running the connection ${connection}`, {
      cause,
    });
  }
  let isHeld = true;
  const release = () => {
    if (isHeld) database.close();
    isHeld = false;
  };
  return { release, [Symbol.dispose]: release };
}

const SQLITE_BUSY = 5;

function isBusy(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'errcode' in thrown && thrown.errcode === SQLITE_BUSY;
}
