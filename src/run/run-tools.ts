import type { Unseal } from '../archive/unseal-files.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { Environment } from '../config/resolve-secrets.ts';
import type { Destination } from '../deliver/destination.ts';
import type { Recipients } from '../encryption/read-recipients.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Logger } from '../log/logger.ts';
import type { Report } from '../report/schema.ts';
import type { Source } from '../source/source.ts';
import type { Clock } from '../time/clock.ts';
import { isoInZone } from '../time/run-day.ts';
import type { DraftThread } from './drafting/draft-thread.ts';
import type { RunState } from './run-states.ts';

/** The outside, handed in: the clock, chance, both ends of a connection, and who is told of progress. */
export interface RunTools {
  /** Absolute. */
  archivePath: string;
  /** IANA. */
  zone: string;
  clock: Clock;
  logger: Logger;
  /** Where the secrets of `hash` steps are. */
  env: Environment;
  /** Opened when it is first asked for; whoever made the tools closes it. */
  ledger(): Promise<Ledger>;
  openSource(connection: LoadedConnection): Promise<Source>;
  openDestination(connection: LoadedConnection): Promise<Destination>;
  /** Left out where sealed runs are plain and stay so. */
  sealing?: Sealing;
  /** Six characters that make the name of a run its own. */
  newSuffix(): string;
  progress(rows: number, file: string): void;
  /** Stops a wait for the source; what is at work is brought to a state that can be taken up again. */
  signal: AbortSignal;
  program: { version: string; node: string };
  /** Opened ahead by whoever knows that the drop is large; a run opens its own where it is left out. */
  draftThread?: DraftThread;
  /**
   * Of how many bytes on the ledger is told what a run taught while its files are delivered. Left out where others of this
   * process may want the ledger meanwhile.
   */
  tellAheadBytes?: number;
  /** Where many runs come at once; each is carried at once, and here, where it is left out. */
  lanes?: Lanes;
}

/** Whose turn it is, and where. */
export interface Lanes {
  /** Calls `here`, or has the same done by another thread. Throws what that throws, and where it is stopped while it waits. */
  carry(asked: AskedRun, here: () => Promise<Carried>): Promise<Carried>;
}

export interface AskedRun {
  run: string;
  connection: LoadedConnection;
  /** Of the files that were received. */
  sizeBytes: number;
}

/** How far a run came, and where it lies now. */
export interface Carried {
  report: Report;
  path: string;
  state: RunState;
}

/** How sealed runs are encrypted, and read again. */
export interface Sealing {
  recipients: Recipients | undefined;
  unseal: Unseal;
}

/** ISO 8601 with the offset of the zone of the service. */
export function now(tools: RunTools): string {
  return isoInZone(tools.clock.now(), tools.zone);
}
