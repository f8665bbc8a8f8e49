import { rm } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { asAppError } from '../../errors/app-error.ts';
import { prepareQuery } from '../query.ts';
import type { ChangedEntry, IndexCopy, IndexEntry } from './index-copy.ts';
import { lastSeq } from './keep-snapshot.ts';
import { readSnapshot, snapshotPath, writeSnapshot } from './snapshot-file.ts';
import { ENTRY_COLUMNS, readEntry, walkIndex } from './walk-index.ts';

/** Beyond that, all records are read sooner than those that have changed are looked up. */
const MOST_CHANGED = { least: 1000, part: 1 / 4 };

/** What a place of `numbers` holds. */
const GREATEST_NUMBER = 0xffffffff;

export interface CopyOf {
  connection: string;
  /** Its number in the ledger. */
  file: number;
  /** Puts a copy into force; see keepSnapshot(). */
  keep(kept: { connection: string; file: number; seq: number; sha256: string }): Promise<boolean>;
}

/** To be opened before anything is read of which a copy may be made: what the ledger learns after that makes it none. */
export function openIndexCopy(database: DatabaseSync, of: CopyOf): IndexCopy | undefined {
  const path = database.location();
  if (path === null) return undefined;
  const { connection, file } = of;
  const greatest = prepareQuery(database, 'SELECT max(record) FROM records WHERE file = ?').first(file);
  if (Number(greatest?.[0] ?? 0) > GREATEST_NUMBER) return undefined;
  const seq = lastSeq(database, connection);
  const place = snapshotPath(path, file);
  return {
    walk: () => walkIndex(database, file),
    isMeant: async () => believedOf(database, file) !== undefined,
    async read(form) {
      const sha256 = believedOf(database, file);
      const kept = sha256 === undefined ? undefined : await readSnapshot(place, { form, sha256 });
      if (!kept || sha256 === undefined) return undefined;
      const changed = readChanged(database, { ...of, sha256, numbers: kept.numbers });
      return changed && { ...kept, changed };
    },
    async keep(form, made) {
      await ifPossible(async () => {
        const sha256 = await writeSnapshot(place, form, made);
        if (!(await of.keep({ connection, file, seq, sha256 }))) await rm(place, { force: true });
      });
    },
  };
}

/**
 * It is no more than a copy: a disk or a ledger that takes none is told by whoever has something to write that matters. A file
 * that is left then is none that the ledger means.
 */
async function ifPossible(keep: () => Promise<void>): Promise<void> {
  try {
    await keep();
  } catch (cause) {
    if (!NO_ROOM.has(asAppError(cause).code)) throw cause;
  }
}

const NO_ROOM: ReadonlySet<string> = new Set(['local_io', 'local_disk_full', 'ledger_in_use']);

function believedOf(database: DatabaseSync, file: number): string | undefined {
  const row = prepareQuery(database, 'SELECT sha256 FROM snapshots WHERE file = ?').first(file);
  return row && String(row[0]);
}

interface Copied extends CopyOf {
  sha256: string;
  numbers: Uint32Array;
}

/** Undefined where another copy took its place meanwhile, or too much has changed. All of it is of one moment. */
function readChanged(database: DatabaseSync, copied: Copied): ChangedEntry[] | undefined {
  database.exec('BEGIN');
  try {
    return believedOf(database, copied.file) === copied.sha256 ? findChanged(database, copied) : undefined;
  } finally {
    database.exec('COMMIT');
  }
}

function findChanged(database: DatabaseSync, { file, numbers }: Copied): ChangedEntry[] | undefined {
  const most = Math.max(MOST_CHANGED.least, Math.ceil(numbers.length * MOST_CHANGED.part));
  const noted = prepareQuery(
    database,
    `SELECT changed_records.record, ${ENTRY_COLUMNS} FROM changed_records
     LEFT JOIN records ON records.record = changed_records.record AND records.file = changed_records.file
     WHERE changed_records.file = ? ORDER BY 1 LIMIT ?`,
  ).all(file, most + 1);
  const untouched = lastUntouched(numbers, new Set(noted.map(([number]) => Number(number))));
  const later = prepareQuery(
    database,
    `SELECT record, ${ENTRY_COLUMNS} FROM records WHERE file = ? AND record > ? ORDER BY record LIMIT ?`,
  ).all(file, untouched, most + 1);
  if (noted.length + later.length > most) return undefined;
  const changed = new Map<number, IndexEntry | undefined>();
  for (const [number, ...entry] of [...noted, ...later])
    changed.set(Number(number), entry[0] === null ? undefined : readEntry(entry));
  return [...changed].map(([number, entry]) => ({ number, entry })).sort((a, b) => a.number - b.number);
}

/**
 * The last record of the copy that nothing was noted about; 0 where there is none. It was there all along, and a new
 * record has a greater number than any that is there: so whatever was added since comes after it.
 */
function lastUntouched(numbers: Uint32Array, noted: ReadonlySet<number>): number {
  return numbers.findLast((number) => !noted.has(number)) ?? 0;
}
