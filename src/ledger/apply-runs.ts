import type { AppliedRun, Ledger } from './ledger.ts';
import type { ToldEntries } from './written-record.ts';

/** A sealed run and the entries of its memory.ndjson. */
export interface SealedMemory {
  run: AppliedRun;
  entries: ToldEntries;
  /** Of a purge: what the ledger knew of the connection before it, in place of the runs until then. */
  checkpoint?: AsyncIterable<string>;
}

/** What a ledger that was made anew knows of one connection. */
export interface RebuiltConnection {
  connection: string;
  runs: number;
  /** Of all its files: those that are delivered and were not removed. */
  records: number;
}

/** Sealed runs, each connection's in the order of its chain; those that the ledger has are passed over. */
export async function applyRuns(
  ledger: Pick<Ledger, 'apply' | 'restore'>,
  runs: AsyncIterable<SealedMemory>,
): Promise<void> {
  for await (const { run, entries, checkpoint } of runs) {
    if (checkpoint) await ledger.restore(run.connection, checkpoint);
    await ledger.apply(run, entries);
  }
}
