import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asAppError } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { syncFolder } from '../files/write-whole.ts';
import type { MemoryEntry } from '../vocabulary/memory.ts';
import { applyRuns, type RebuiltConnection, type SealedStep } from './apply-runs.ts';
import { openDecisions } from './decisions.ts';
import { openDatabase } from './open-database.ts';
import { markPath } from './page-check.ts';
import { prepareQuery } from './query.ts';
import { removeSnapshots } from './snapshot/snapshot-file.ts';
import { ledgerError } from './sqlite-error.ts';
import { openSqliteLedger, readUnsealed } from './sqlite-ledger.ts';
import { openTemporaryIds } from './temporary-ids.ts';

/**
 * A new ledger from these runs at the place of the old one, which stays as it is until the new one is whole. What was
 * decided since the last seal is taken along where the old one can still be read; one that cannot is put aside as
 * PATH.damaged, because it may be any file that ledger.path named by mistake.
 * Throws ledger_in_use where anyone has the old one open: they would go on writing into a file without a name.
 */
export async function rebuildSqliteLedger(
  path: string,
  runs: AsyncIterable<SealedStep>,
): Promise<RebuiltConnection[]> {
  const fresh = `${path}.rebuild`;
  await removeDatabase(fresh);
  const old = await holdAlone(path);
  try {
    const rebuilt = await fill(fresh, runs, old ? [...readAllUnsealed(old)] : []);
    if (old) await takeServiceAlong(old, fresh);
    await replace(path, { fresh, isReadable: old !== undefined });
    return rebuilt;
  } catch (cause) {
    await removeDatabase(fresh);
    throw ledgerError(path, cause);
  } finally {
    old?.close();
  }
}

interface Unsealed {
  connection: string;
  entry: MemoryEntry;
}

async function fill(
  path: string,
  runs: AsyncIterable<SealedStep>,
  unsealed: Unsealed[],
): Promise<RebuiltConnection[]> {
  const ledger = await openSqliteLedger(path);
  try {
    await applyRuns(ledger, runs);
  } finally {
    await ledger.close();
  }
  const database = await openDatabase(path);
  try {
    for (const one of unsealed) takeAlong(database, one);
    return countKnown(database);
  } finally {
    database.close();
  }
}

/** Records are counted by index, and those that are deactivated by theirs. */
function countKnown(database: DatabaseSync): RebuiltConnection[] {
  const records = 'SELECT count(*) FROM files JOIN records USING (file) WHERE connection = one.connection';
  const rows = prepareQuery(
    database,
    `SELECT connection, count(*) FILTER (WHERE outcome NOT IN ('purged', 'acknowledged')), (${records}) - (${records} AND deactivated = 1) FROM runs AS one
     GROUP BY connection ORDER BY connection`,
  ).all();
  return rows.map(([connection, runs, known]) => ({
    connection: String(connection),
    runs: Number(runs),
    records: Number(known),
  }));
}

async function replace(
  path: string,
  { fresh, isReadable }: { fresh: string; isReadable: boolean },
): Promise<void> {
  try {
    await using file = await open(fresh, 'r');
    await file.sync();
    // A -wal of the old file would be taken for one of the new.
    await removeBeside(path);
    removeSnapshots(path);
    if (!isReadable && (await isThere(path))) await rename(path, `${path}.damaged`);
    await rename(fresh, path);
    await removeBeside(fresh);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw diskError(`Cannot replace the ledger ${path}`, cause);
  }
}

/** Undefined where there is no old ledger, or none that can be read. */
async function holdAlone(path: string): Promise<DatabaseSync | undefined> {
  if (!(await isThere(path))) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = await openDatabase(path);
    // Writes its -wal back and removes it, which SQLite allows only to one who is alone.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    const error = ledgerError(path, cause);
    const { code } = asAppError(error);
    if (code === 'ledger_damaged' || code === 'ledger_newer') return undefined;
    throw error;
  }
}

function* readAllUnsealed(old: DatabaseSync): Generator<Unsealed> {
  const connections = prepareQuery(
    old,
    'SELECT connection FROM decisions UNION SELECT connection FROM temporary_ids ORDER BY 1',
  ).all();
  for (const [name] of connections) {
    const connection = String(name);
    for (const entry of readUnsealed(old, connection)) yield { connection, entry };
  }
}

function takeAlong(fresh: DatabaseSync, { connection, entry }: Unsealed): void {
  if (entry.kind === 'decision') openDecisions(fresh).take(connection, entry.decision);
  if (entry.kind === 'temporary_id') openTemporaryIds(fresh).keep(connection, entry);
}

/** What no sealed run has told: until when schedules were followed, and who was told what. */
async function takeServiceAlong(old: DatabaseSync, path: string): Promise<void> {
  const fresh = await openDatabase(path);
  try {
    for (const table of ['schedules', 'told', 'outbox']) {
      const rows = prepareQuery(old, `SELECT * FROM ${table}`).all();
      for (const row of rows)
        fresh.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
    }
  } finally {
    fresh.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return false;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}

async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeBeside(path);
}

async function removeBeside(path: string): Promise<void> {
  for (const one of [`${path}-wal`, `${path}-shm`, markPath(path)]) await rm(one, { force: true });
}
