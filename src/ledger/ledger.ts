/**
 * Ledger: the memory of the house, and the only door to the database.
 *
 * in:       what sealed runs taught, in the order of their chain; what people decided since
 * out:      what was last delivered for each student, the runs, the history of a student
 * promises: a function of the sealed runs, so that it can be made anew from them; a run counts wholly or not at all
 * never:    learns anything from a run that is not sealed; lets anyone outside see how it is kept
 */
import type { DeliveredRecord, MemoryEntry, RecordDecision } from '../vocabulary/memory.ts';
import type { Outcome } from '../vocabulary/run.ts';
import type { Totals } from '../vocabulary/totals.ts';
import type { Change } from '../vocabulary/verdict.ts';
import type { AnswerMemory } from './answer-memory.ts';
import type { Recipient, RunsAsked, SentFile } from './disclosure.ts';
import type { ServiceMemory } from './service-memory.ts';
import type { IndexCopy, IndexEntry } from './snapshot/index-copy.ts';
import type { ToldEntries } from './written-record.ts';

/**
 * One contract for every engine; `test/contracts/ledger-contract.ts` is its suite.
 *
 * Whoever opens a ledger closes it. Every call may be made any number of times, also at once with others; one that
 * changes something has done so, safe from a power cut, when its promise is fulfilled, and has changed nothing
 * where it is rejected. What is not known is answered with undefined or with something empty, never with an error.
 * Throws ledger_in_use where another process does not let go, ledger_damaged, local_disk_full, local_io.
 */
export interface Ledger extends AsyncDisposable {
  /**
   * Remembers a sealed run, whatever its outcome: every one, in the order of the chain of its connection.
   * A run that was applied before is left as it is, and its entries are not asked for.
   * The entries of a file follow its `file` entry, and speak of an id at most once.
   * Throws memory_unreadable where they do not.
   */
  apply(run: AppliedRun, entries: ToldEntries): Promise<void>;
  /**
   * Begins to remember a run before its seal, where nobody else is at work. Until then nobody knows of it, and it gives way
   * to everybody: it is lost then, and the run is applied as any other.
   */
  ahead?(run: Pick<AppliedRun, 'id' | 'connection'>): Promise<AheadRun | undefined>;

  /** What was last delivered. Of a file that never was: a view with nothing in it. */
  delivered(connection: string, file: string): Promise<DeliveredView>;

  /** Applied runs, the last applied first; of all connections together by their names, the youngest first. */
  runs(connection?: string, days?: Pick<RunsAsked, 'from' | 'to'>): AsyncIterable<AppliedRun>;
  findRun(id: string): Promise<AppliedRun | undefined>;
  generation(connection: string): Promise<Generation>;

  /**
   * Every run that changed what is delivered for a student or a dependant of theirs, connection by connection and there
   * the oldest run first, file by file. Ids that were linked are one student, whichever of them is asked for.
   */
  history(id: string, connection?: string): Promise<HistoryEntry[]>;

  /**
   * Deliveries that carried a student or a dependant of theirs, the oldest first, connection by connection. Days are those
   * of the delivery, yyyy-MM-dd, both included. Ids that were linked are one student.
   */
  disclosures(id: string, asked: RunsAsked): Promise<Disclosure[]>;

  /**
   * Remembers what a person decided, at once and for good; a later decision about the same field of the same record,
   * or about that record as a whole, replaces it. One that approves a record is spent by the run that reactivates it.
   */
  decide(connection: string, decision: RecordDecision): Promise<void>;
  /** Decisions in force, by file, id and field. */
  decisions(connection: string): Promise<RecordDecision[]>;

  /**
   * The temporary id of each key: `prefix` and a number that no other key of the connection has, the same for ever.
   * Keys that have none get theirs in their order here; where it is not to `remember` (a dry run), they are absent.
   */
  temporaryIds(
    connection: string,
    prefix: string,
    keys: readonly string[],
    options: { remember: boolean },
  ): Promise<Map<string, string>>;

  /**
   * Decisions and temporary ids that no sealed run has carried yet. A run puts them into its memory.ndjson before it
   * is sealed; until it is applied they are answered again.
   */
  unsealed(connection: string): AsyncIterable<MemoryEntry>;

  /** What importing systems answered. */
  readonly answers: AnswerMemory;

  /** What the service remembers for itself. */
  readonly service: ServiceMemory;

  /** What sealed runs taught of a connection, as lines that `restore` puts back into a ledger. */
  checkpoint(connection: string): AsyncIterable<string>;
  /**
   * Puts a checkpoint into a ledger that knows nothing of the connection: as if its runs had been applied.
   * Throws memory_unreadable where it is none, or not of this connection.
   */
  restore(connection: string, checkpoint: AsyncIterable<string>): Promise<void>;

  /** Everything that matters, as lines in a stable order: two ledgers that know the same dump the same. */
  dump(): AsyncIterable<string>;

  /** May be called twice. Nothing else may be called after it. */
  close(): Promise<void>;
}

/** A purge and an answer of the importing system are links of the chain as well, and no runs. */
export type AppliedOutcome = Outcome | NoRun;
export const NO_RUNS = ['purged', 'acknowledged'] as const;
export type NoRun = (typeof NO_RUNS)[number];

/** A run that is remembered only if it is sealed with the very entries that were told. */
export interface AheadRun {
  /** In order, piece by piece. What is wrong, apply() says. */
  tell(entries: ToldEntries): Promise<void>;
  /** As apply(). False where nothing of it is known. */
  seal(run: AppliedRun): Promise<boolean>;
  /** May be called at any time; after the seal it does nothing. */
  giveUp(): void;
}

/** A sealed run as the ledger keeps it. */
export interface AppliedRun {
  id: string;
  connection: string;
  outcome: AppliedOutcome;
  /** yyyy-MM-dd */
  businessDate: string;
  /** ISO 8601 with offset, as is `finishedAt`. */
  startedAt: string;
  finishedAt: string;
  /** Of its manifest.json: by this the ledger knows whether an archive is of the same history. */
  manifestSha256: string;
  /** The totals of report.json, by file of the drop. */
  totals: Readonly<Record<string, Totals>>;
  /** What went out; absent where nothing did. */
  outputs?: readonly SentFile[];
  /** Whom it went to, as an entry of the run says; absent where none does. */
  recipient?: Recipient;
  /** The purge that destroyed what the run received, sent and learned; absent where all of it is there. */
  destroyedBy?: string;
}

/** A delivery that carried a student. */
export interface Disclosure {
  run: AppliedRun;
  /** The file of the drop: of the student, or of what belongs to the student. */
  file: string;
  /** Target fields of the file, in its order. */
  fields: readonly string[];
  outputs: readonly SentFile[];
}

/** How far the ledger has followed the chain of a connection. */
export interface Generation {
  runs: number;
  /** The run that was applied last; undefined where none was. */
  last: AppliedRun | undefined;
}

/** What the ledger knows of one file of a connection. To be used while the lock of the connection is held. */
export interface DeliveredView {
  /** Records that are delivered and were not removed; may be counted only when it is asked for. */
  count: number;
  /** Target fields of the last delivery, in file order. */
  targets: readonly string[];
  /** Size of the file as it was dropped last; undefined where it never was. */
  bytes: number | undefined;
  /** Every known id once, in batches, in no order that means anything. May be walked again. */
  index(): AsyncIterable<readonly IndexEntry[]>;
  /** Of a large file, where the engine keeps copies. */
  copy?: IndexCopy;
  /**
   * The records of those ids that are known, deactivated ones too. Values are in the order of `targets`, also where
   * they were delivered with other ones; a field that was not there then is blank.
   */
  fetch(ids: readonly string[]): Promise<Map<string, DeliveredRecord>>;
}

export type TouchChange = Exclude<Change, 'unchanged'> | 'removed' | 'linked';

export interface HistoryEntry {
  run: AppliedRun;
  file: string;
  /** The id under which it was delivered then; of a dependant with its tail. */
  id: string;
  change: TouchChange;
  /** Why it was `removed`, or the other id with which it was `linked`; blank otherwise. */
  note: string;
  /** Of each field that changed. */
  fields: readonly FieldChange[];
}

export interface FieldChange {
  field: string;
  /** Null where there was none, as before it was created. */
  before: string | null;
  /** Null where there is none any more, as after it was removed. */
  after: string | null;
}
