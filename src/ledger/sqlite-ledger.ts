import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../errors/app-error.ts';
import type { MemoryEntry } from '../vocabulary/memory.ts';
import { openAnswerMemory } from './answers.ts';
import { openApply } from './apply-run.ts';
import { openDecisions, readDecisions, readUnsealedDecisions } from './decisions.ts';
import { dumpLedger } from './dump-ledger.ts';
import type { Ledger } from './ledger.ts';
import { openDatabase, openReader } from './open-database.ts';
import { openPageCheck, type PageCheck } from './page-check.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { type ReadOptions, readDelivered } from './read-delivered.ts';
import { readDisclosures } from './read-disclosures.ts';
import { readHistory } from './read-history.ts';
import { findRun, readGeneration, readRuns } from './read-runs.ts';
import { restoreCheckpoint } from './restore-checkpoint.ts';
import type { IndexCopy } from './snapshot/index-copy.ts';
import { keepSnapshot } from './snapshot/keep-snapshot.ts';
import { ledgerError } from './sqlite-error.ts';
import { openService } from './sqlite-service.ts';
import { openTemporaryIds, readUnsealedIds } from './temporary-ids.ts';
import { openTransactions, type Transactions } from './transactions.ts';

/**
 * The ledger in one file of node:sqlite; a missing or empty file is a new one. On a local disk only: the locks of
 * network drives cannot be trusted.
 * Throws ledger_damaged, ledger_newer, not_a_ledger, ledger_in_use, local_disk_full, local_io.
 */
export async function openSqliteLedger(path: string, options: SqliteOptions = {}): Promise<Ledger> {
  const pageCheck = await openPageCheck(path, options.leastTrustedBytes);
  const writer = await openDatabase(path, pageCheck);
  const reader = readerBeside(writer, path);
  const transactions = openTransactions(writer);
  const guarded = guardFor(path, pageCheck);
  const close = async () => {
    await transactions.settled();
    if (!writer.isOpen) return;
    // The writer last: who closes last writes the -wal back, which a reader may not.
    for (const database of [reader, writer]) if (database.isOpen) database.close();
    await pageCheck.left();
  };
  return {
    ...reading(reader, guarded, {
      ...options,
      keep: (kept) => transactions.transact(() => keepSnapshot(writer, kept)),
    }),
    ...writing(writer, reader, { transactions, guarded }),
    answers: openAnswerMemory(reader, guarded.answer),
    service: openService(writer, { transactions, answer: guarded.answer }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export interface SqliteOptions {
  /** From how many records of a file on its index is copied; see IndexCopy. */
  leastCopied?: number;
  /** From how large on a ledger is trusted to be as it was left; see PageCheck. */
  leastTrustedBytes?: number;
}

function readerBeside(writer: DatabaseSync, path: string): DatabaseSync {
  try {
    return openReader(path);
  } catch (cause) {
    writer.close();
    throw ledgerError(path, cause);
  }
}

type Reading = Omit<
  Ledger,
  | 'apply'
  | 'ahead'
  | 'restore'
  | 'decide'
  | 'temporaryIds'
  | 'answers'
  | 'service'
  | 'close'
  | typeof Symbol.asyncDispose
>;
type Writing = Pick<Ledger, 'apply' | 'ahead' | 'restore' | 'decide' | 'temporaryIds'>;

function reading(reader: DatabaseSync, guarded: Guarded, options: ReadOptions): Reading {
  const { answer, read, walk } = guarded;
  return {
    delivered: (connection, file) =>
      answer(async () => {
        const view = readDelivered(reader, { connection, name: file }, options);
        const { targets, bytes, copy } = view;
        return {
          get count() {
            return read(() => view.count);
          },
          ...{ targets, bytes },
          ...(copy && { copy: guardCopy(copy, guarded) }),
          index: () => walk(() => view.index()),
          fetch: (ids) => answer(() => view.fetch(ids)),
        };
      }),
    runs: (connection, days) => walk(() => readRuns(reader, connection, days)),
    findRun: (id) => answer(async () => findRun(reader, id)),
    generation: (connection) => answer(async () => readGeneration(reader, connection)),
    history: (id, connection) => answer(async () => readHistory(reader, id, connection)),
    disclosures: (id, asked) => answer(async () => readDisclosures(reader, id, asked)),
    decisions: (connection) => answer(async () => readDecisions(reader, connection)),
    unsealed: (connection) => walk(() => readUnsealed(reader, connection)),
    checkpoint: (connection) => walk(() => readCheckpoint(reader, connection)),
    dump: () => walk(() => dumpLedger(reader)),
  };
}

function guardCopy(copy: IndexCopy, { answer, walk }: Guarded): IndexCopy {
  return {
    isMeant: () => answer(() => copy.isMeant()),
    read: (form) => answer(() => copy.read(form)),
    walk: () => walk(() => copy.walk()),
    keep: (form, made) => answer(() => copy.keep(form, made)),
  };
}

function writing(
  writer: DatabaseSync,
  reader: DatabaseSync,
  { transactions, guarded: { answer } }: { transactions: Transactions; guarded: Guarded },
): Writing {
  const { transact } = transactions;
  const { apply, ahead } = openApply(writer, transactions);
  const decisions = openDecisions(writer);
  const given = openTemporaryIds(writer);
  const known = openTemporaryIds(reader);
  return {
    apply: (run, entries) => answer(() => apply(run, entries)),
    ahead: (run) => answer(() => ahead(run)),
    restore: (connection, lines) =>
      answer(() => transact(() => restoreCheckpoint(writer, connection, lines))),
    decide: (connection, decision) => answer(() => transact(() => decisions.say(connection, decision))),
    temporaryIds: (connection, prefix, keys, { remember }) =>
      answer(async () => {
        const find = (key: string) => known.find(connection, prefix, key);
        const ids = new Map(keys.map((key) => [key, find(key)]));
        if (remember && [...ids.values()].includes(undefined))
          await transact(() => {
            for (const key of ids.keys())
              ids.set(key, given.find(connection, prefix, key) ?? given.give(connection, prefix, key));
          });
        return new Map([...ids].flatMap(([key, id]) => (id === undefined ? [] : [[key, id]])));
      }),
  };
}

export function* readUnsealed(database: DatabaseSync, connection: string): Generator<MemoryEntry> {
  for (const given of readUnsealedIds(database, connection)) yield { kind: 'temporary_id', ...given };
  for (const decision of readUnsealedDecisions(database, connection)) yield { kind: 'decision', decision };
}

/** Whatever the database says is said again as one of our errors. */
interface Guarded {
  answer<T>(work: () => Promise<T>): Promise<T>;
  read<T>(work: () => T): T;
  walk<T>(open: () => Iterable<T> | AsyncIterable<T>): AsyncIterable<T>;
}

function guardFor(path: string, pageCheck: PageCheck): Guarded {
  const faultOf = (cause: unknown) => {
    const fault = ledgerError(path, cause);
    if (fault instanceof AppError && fault.code === 'ledger_damaged') pageCheck.doubt();
    return fault;
  };
  return {
    async answer(work) {
      try {
        return await work();
      } catch (cause) {
        throw faultOf(cause);
      }
    },
    read(work) {
      try {
        return work();
      } catch (cause) {
        throw faultOf(cause);
      }
    },
    async *walk(open) {
      try {
        yield* open();
      } catch (cause) {
        throw faultOf(cause);
      }
    },
  };
}
