import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { FOLDER_MODE } from '../files/write-whole.ts';
import { BUSY, resultCodeOf } from './sqlite-error.ts';

export interface ConnectionLock extends Disposable {
  release(): void;
}

/**
 * Throws already_running where another process, or another run of this one, has the connection. It ends with the
 * process that holds it, however that process ends.
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
    throw refusal(connection, cause);
  }
  let isHeld = true;
  const release = () => {
    if (isHeld) database.close();
    isHeld = false;
  };
  return { release, [Symbol.dispose]: release };
}

function refusal(connection: string, cause: unknown): unknown {
  if (resultCodeOf(cause) !== BUSY) return diskError(`Cannot lock the connection ${connection}`, cause);
  return new AppError('already_running', `Another process is running the connection ${connection}`, {
    cause,
  });
}
