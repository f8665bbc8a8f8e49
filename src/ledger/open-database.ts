import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE, makeFolder } from '../files/write-whole.ts';
import { MIGRATIONS } from './migrations.ts';
import { ALWAYS_DUE } from './page-check.ts';
import { ledgerError } from './sqlite-error.ts';

/** How long SQLite itself waits for a lock, without letting go of the thread. */
export const BUSY_TIMEOUT_MS = 5000;
/** Told apart from any other database by these four bytes: "RFLg". */
const APPLICATION_ID = 0x52464c67;

/**
 * The database at this path, checked and brought to the format of this program; a file that is missing or empty
 * becomes a new one. Only its owner may read it, whatever the umask.
 * Throws ledger_damaged, ledger_newer, not_a_ledger, ledger_in_use, local_disk_full, local_io.
 */
export async function openDatabase(path: string, pageCheck = ALWAYS_DUE): Promise<DatabaseSync> {
  await makeFolder(dirname(path));
  await closeToOthers(path);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    configure(database, path);
    if (pageCheck.isDue) {
      checkPages(database, path);
      pageCheck.passed();
    }
    migrate(database, path);
    return database;
  } catch (cause) {
    database?.close();
    throw ledgerError(path, cause);
  }
}

/** A second handle that sees what was committed, and nothing of a run that is being applied. */
export function openReader(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
  database.exec('PRAGMA trusted_schema = OFF');
  return database;
}

async function closeToOthers(path: string): Promise<void> {
  try {
    // Made here and not by SQLite, which also gives -wal and -shm the mode of this file.
    await using file = await open(path, 'a', FILE_MODE);
    // Only where it has to be: it leaves the file another one than it was.
    if (((await file.stat()).mode & 0o777) !== FILE_MODE) await file.chmod(FILE_MODE);
  } catch (cause) {
    throw diskError(`Cannot open the ledger ${path}`, cause);
  }
}

function configure(database: DatabaseSync, path: string): void {
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode !== 'wal')
    throw new AppError('local_io', `The disk of ${path} cannot hold a ledger`, {
      hint: 'Name a path on a local disk under ledger.path; a network drive is none.',
    });
  // What was deleted is overwritten too: values that retention destroyed must not be left in free pages.
  // FULL: a commit is on the disk before its promise is fulfilled; with NORMAL a power cut would lose the last ones.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -8192;
    PRAGMA secure_delete = ON;
    PRAGMA journal_size_limit = 67108864;
  `);
}

/** A damaged page shows itself only when it is read: better now than in the middle of a night's run. */
function checkPages(database: DatabaseSync, path: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok')
    throw new AppError(
      'ledger_damaged',
      `The ledger ${path} is damaged: ${String(found).replaceAll(/\s+/g, ' ')}`,
    );
}

function migrate(database: DatabaseSync, path: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const taken = versionOf(database, path);
    if (taken < MIGRATIONS.length) {
      for (const step of MIGRATIONS.slice(taken)) database.exec(step);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    }
    database.exec('COMMIT');
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw cause;
  }
}

/** Steps that were taken; 0 of a new file. */
function versionOf(database: DatabaseSync, path: string): number {
  const isNew = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (isNew) return 0;
  const application = database.prepare('PRAGMA application_id').get()?.application_id;
  if (application !== APPLICATION_ID)
    throw new AppError('not_a_ledger', `${path} is a database of another program`);
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > MIGRATIONS.length)
    throw new AppError(
      'ledger_newer',
      `The ledger ${path} has the format ${version}, and this version of Rosterferry knows those up to ${MIGRATIONS.length}`,
    );
  return version;
}
