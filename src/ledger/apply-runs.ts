import type { MemoryEntry } from '../vocabulary/memory.ts';
import type { AppliedRun, Ledger } from './ledger.ts';

/** A sealed run and the entries of its memory.ndjson. */
export interface SealedMemory {
  run: AppliedRun;
  entries: AsyncIterable<MemoryEntry>;
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
