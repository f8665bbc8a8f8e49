import type { AppliedRun, Ledger } from './ledger.ts';
import type { ToldEntries } from './written-record.ts';

/** A sealed run and the entries of its memory.ndjson. */
export interface SealedMemory {
  run: AppliedRun;
  entries: ToldEntries;
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
  ledger: Pick<Ledger, 'apply'>,
  runs: AsyncIterable<SealedMemory>,
): Promise<void> {
  for await (const { run, entries } of runs) await ledger.apply(run, entries);
}
