import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { FILE_MODE, FOLDER_MODE } from '../files/write-whole.ts';
import { BUSY, resultCodeOf } from './sqlite-error.ts';

/** A lock that is held; letting go of it twice is once. */
export interface HeldLock extends Disposable {
  release(): void;
}

/**
 * Throws already_running where another process, or another run of this one, has the connection; local_io and
 * local_disk_full where the archive cannot keep a lock. It ends with the process that holds it, however that process ends.
 */
export function lockConnection(archivePath: string, connection: string): HeldLock {
  return lockFile({
    archivePath,
    path: join(archivePath, '.state', `${connection}.lock`),
    what: `the connection ${connection}`,
    isHeld: (cause) =>
      new AppError('already_running', `Another process is running the connection ${connection}`, { cause }),
  });
}

export interface LockFile {
  archivePath: string;
  /** In a folder of the archive, which is made where it is not there. */
  path: string;
  /** Of what it is the lock, in an error. */
  what: string;
  /** What to throw where somebody else has it. */
  isHeld(cause: unknown): AppError;
}

/**
 * A database file serves as the lock: the system frees its file locks at once when a process is killed, which a
 * file with a process id in it cannot promise.
 */
export function lockFile(lock: LockFile): HeldLock {
  const { path, archivePath } = lock;
  makeFolders(dirname(path), archivePath);
  closeToOthers(path);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // A file that may only be read is opened all the same, and then two may have it.
    accessSync(path, constants.W_OK);
  } catch (cause) {
    database?.close();
    throw refusal(lock, cause);
  }
  const held = database;
  let isHeld = true;
  const release = () => {
    if (isHeld) held.close();
    isHeld = false;
  };
  return { release, [Symbol.dispose]: release };
}

/** The database would make it with the rights that the umask leaves. One that is there may be locked, and is not touched. */
function closeToOthers(path: string): void {
  try {
    closeSync(openSync(path, 'wx', FILE_MODE));
  } catch {
    // It is there already, or cannot be made: then opening the database says why.
  }
}

/** One folder after the other: the recursive call of the platform never ends where a file system makes no folders at all. */
function makeFolders(folder: string, archivePath: string): void {
  try {
    makeFolderAndParents(folder);
  } catch (cause) {
    const sentence = `The archive ${archivePath} cannot be written: ${wordsOf(cause)}`;
    throw localFault(sentence, cause);
  }
}

function makeFolderAndParents(folder: string): void {
  const parent = dirname(folder);
  try {
    mkdirSync(folder, { mode: FOLDER_MODE });
  } catch (cause) {
    const errno = errnoOf(cause);
    // On a disk that is read-only some systems say so before they look whether the folder is there.
    if (errno !== 'ENOENT' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (errno !== 'ENOENT' || parent === folder) throw cause;
    makeFolderAndParents(parent);
    mkdirSync(folder, { mode: FOLDER_MODE });
  }
}

function refusal({ path, archivePath, what, isHeld }: LockFile, cause: unknown): AppError {
  const code = resultCodeOf(cause);
  if (code === BUSY) return isHeld(cause);
  const why = code === 0 ? wordsOf(cause) : whyNotOpened(path, archivePath, cause);
  return localFault(`The lock of ${what} cannot be opened: ${why}`, cause);
}

/**
 * The database says only that it could not open the file; the file itself says why. It is only looked at: opening and
 * closing it here would free the locks that this process has on it.
 */
function whyNotOpened(path: string, archivePath: string, cause: unknown): string {
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts && !facts.isFile()) return `${path} is no file`;
    accessSync(facts ? path : dirname(path), constants.R_OK | constants.W_OK);
    accessSync(archivePath, constants.X_OK);
    return `${path}: ${wordsOf(cause)}`;
  } catch (refused) {
    return wordsOf(refused);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function localFault(sentence: string, cause: unknown): AppError {
  // Its code tells a full disk from the rest; the sentence is ours.
  const { code } = diskError(sentence, cause);
  if (code === 'local_disk_full') return new AppError(code, sentence, { cause });
  const hint = 'Give the account of Rosterferry the right to write there, or mend archive.path.';
  return new AppError(code, sentence, { hint, cause });
}
