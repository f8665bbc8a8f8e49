import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { applyEntry } from './apply-entry.ts';
import type { AheadRun, AppliedRun, Ledger } from './ledger.ts';
import { type Appliers, type Applying, openAppliers } from './open-appliers.ts';
import { openRunRows, type RunRows } from './run-rows.ts';
import type { Held, Transactions } from './transactions.ts';
import type { ToldEntries, ToldEntry } from './written-record.ts';

/** Entries between two moments in which the process may do something else: answer a signal, serve a page. */
const BATCH = 10_000;
/** The same where it has something else to do, such as copying files: each of its many steps waits for one slice, a millisecond. */
const SLICE = 40;

export function openApply(
  database: DatabaseSync,
  { transact, hold }: Transactions,
): Required<Pick<Ledger, 'apply' | 'ahead'>> {
  const appliers = openAppliers(database);
  const rows = openRunRows(database);

  function begin(run: AppliedRun): Applying {
    appliers.begin();
    return { run, seq: rows.insert(run), files: new Map() };
  }

  return {
    apply: (run, entries) =>
      transact(async () => {
        if (rows.has(run.id)) return;
        database.exec(MUCH_CACHE);
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
      }),
    async ahead({ id, connection }) {
      const held = hold();
      if (!held) return undefined;
      try {
        if (!rows.has(id))
          return openAhead(held, { appliers, rows, applying: begin(unsealed(id, connection)) });
      } catch {
        // Whatever it is, apply() comes by it again, and says it.
      }
      held.giveUp();
      return undefined;
    },
  };
}

/** Stands for what is known once the run is sealed. Nobody sees it. */
function unsealed(id: string, connection: string): AppliedRun {
  const unknown = { businessDate: '', startedAt: '', finishedAt: '', manifestSha256: '' };
  return { id, connection, outcome: 'failed', ...unknown, totals: {} };
}

interface Ahead {
  appliers: Appliers;
  rows: RunRows;
  applying: Applying;
}

/** Whatever goes wrong ends it, and no more: apply() comes by the same, and says it. */
function openAhead(held: Held, { appliers, rows, applying }: Ahead): AheadRun {
  return {
    giveUp: held.giveUp,
    async tell(entries) {
      try {
        for await (const batch of inBatches(entries, SLICE)) {
          for (let at = 0; at < batch.length; at += SLICE) {
            // Somebody may have come in between.
            if (!held.isOpen()) return;
            for (const entry of batch.slice(at, at + SLICE)) applyEntry(appliers, applying, entry);
            await setImmediate();
          }
        }
      } catch {
        held.giveUp();
      }
    },
    async seal(run) {
      try {
        if (!held.isOpen()) return false;
        rows.complete(applying.seq, run);
        appliers.changes.close();
        return held.commit();
      } catch {
        held.giveUp();
        return false;
      }
    },
  };
}

/** A first run of a million records touches every page of the index again and again; nothing else does. */
const MUCH_CACHE = 'PRAGMA cache_size = -65536';
const LITTLE_CACHE = 'PRAGMA cache_size = -8192; PRAGMA shrink_memory';

async function* inBatches(entries: ToldEntries, size = BATCH): AsyncGenerator<readonly ToldEntry[]> {
  let batch: ToldEntry[] = [];
  for await (const some of entries.batches?.() ?? oneByOne(entries)) {
    for (const entry of some) batch.push(entry);
    if (batch.length < size) continue;
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
