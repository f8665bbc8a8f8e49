import type { AppliedRun } from '../ledger/ledger.ts';
import type { Outbox } from '../ledger/service-memory.ts';
import type { AlertState } from '../vocabulary/alert.ts';

/** What the console is handed: it looks, and changes nothing. */
export interface ConsoleFacts {
  /** Sealed runs of a connection, the last one first. */
  runs(connection: string): Promise<AsyncIterable<AppliedRun>>;
  connections(): Promise<readonly ConnectionFacts[]>;
  outbox(): Promise<Outbox>;
  program: { version: string; node: string };
}

/** A connection as it is now. Times are milliseconds since 1970. */
export interface ConnectionFacts {
  name: string;
  isEnabled: boolean;
  /** What is not as it should be. */
  states: readonly AlertState['kind'][];
  /** When the drop that is owed should have been carried. */
  lateSinceMs: number | undefined;
  /** When the run that waits for a person was held. */
  heldSinceMs: number | undefined;
  nextDueMs: number | undefined;
  /** Of this process: undefined before the first look. */
  lastLookMs: number | undefined;
}
