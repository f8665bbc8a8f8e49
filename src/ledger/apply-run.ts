import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { applyEntry } from './apply-entry.ts';
import type { AppliedRun, Ledger } from './ledger.ts';
import { type Applying, openAppliers } from './open-appliers.ts';
import { prepareQuery } from './query.ts';
import type { Transactions } from './transactions.ts';
import type { ToldEntries, ToldEntry } from './written-record.ts';

/** Entries between two moments in which the process may do something else: answer a signal, serve a page. */
const BATCH = 10_000;

export function openApply(database: DatabaseSync, { transact }: Transactions): Ledger['apply'] {
  const appliers = openAppliers(database);
  const find = prepareQuery(database, 'SELECT 1 FROM runs WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO runs (id, connection, outcome, business_date, started_at, finished_at, manifest_sha256, totals, outputs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  function begin(run: AppliedRun): Applying {
    const { id, connection, outcome, businessDate, startedAt, finishedAt, manifestSha256 } = run;
    const totals = JSON.stringify(run.totals);
    const outputs = run.outputs ? JSON.stringify(run.outputs) : null;
    const row = [
      id,
      connection,
      outcome,
      businessDate,
      startedAt,
      finishedAt,
      manifestSha256,
      totals,
      outputs,
    ] as const;
    return { run, seq: Number(insert.run(...row).lastInsertRowid), files: new Map() };
  }

  return (run, entries) =>
    transact(async () => {
      if (find.first(run.id)) return;
      database.exec(MUCH_CACHE);
      appliers.changes.begin();
      try {
        const applying = begin(run);
        for await (const batch of inBatches(entries)) {
          for (const entry of batch) applyEntry(appliers, applying, entry);
          await setImmediate();
        }
        appliers.changes.close();
      } finally {
        database.exec(LITTLE_CACHE);
      }
    });
}

/** A first run of a million records touches every page of the index again and again; nothing else does. */
const MUCH_CACHE = 'PRAGMA cache_size = -65536';
const LITTLE_CACHE = 'PRAGMA cache_size = -8192; PRAGMA shrink_memory';

async function* inBatches(entries: ToldEntries): AsyncGenerator<readonly ToldEntry[]> {
  let batch: ToldEntry[] = [];
  for await (const some of entries.batches?.() ?? oneByOne(entries)) {
    for (const entry of some) batch.push(entry);
    if (batch.length < BATCH) continue;
    yield sortRecords(batch);
    batch = [];
  }
  yield sortRecords(batch);
}

async function* oneByOne(entries: AsyncIterable<ToldEntry>): AsyncGenerator<readonly ToldEntry[]> {
  for await (const entry of entries) yield [entry];
}

/**
 * New records in the order of their ids, where a whole batch is nothing else: their places in the index are then
 * near one another, which makes a first run a fifth faster. Their order means nothing.
 */
function sortRecords(batch: readonly ToldEntry[]): readonly ToldEntry[] {
  const records = batch.filter((entry) => isNew(entry));
  if (records.length < batch.length) return batch;
  return records.sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
}

function isNew(entry: ToldEntry): entry is Extract<ToldEntry, { kind: 'record' | 'written' }> {
  return entry.kind === 'written' || (entry.kind === 'record' && entry.change === 'created');
}
