import type { AppliedRun, Ledger } from './ledger.ts';
import type { ToldEntries } from './written-record.ts';

/** A sealed run and the entries of its memory.ndjson. */
export interface SealedMemory {
  run: AppliedRun;
  entries: ToldEntries;
}

/** What the oldest runs of a connection taught, in place of their memory, which is destroyed. */
export interface SealedCheckpoint {
  connection: string;
  checkpoint: AsyncIterable<string>;
}

export type SealedStep = SealedMemory | SealedCheckpoint;

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
  runs: AsyncIterable<SealedStep>,
): Promise<void> {
  for await (const one of runs) {
    if ('checkpoint' in one) await ledger.restore(one.connection, one.checkpoint);
    else await ledger.apply(one.run, one.entries);
  }
}
