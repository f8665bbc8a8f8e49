import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { diskError } from '../files/disk-error.ts';
import { applyRuns, type SealedMemory, type SealedStep } from './apply-runs.ts';
import { openDatabase } from './open-database.ts';
import { prepareQuery } from './query.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { openSqliteLedger } from './sqlite-ledger.ts';
import { openStrike } from './strike-runs.ts';

/** The sealed runs of a connection, in the order of its chain. */
export interface CheckpointOf {
  connection: string;
  /** Those that the checkpoint stands for. */
  until: AsyncIterable<SealedStep>;
  /** Those after them, whose memory stays. */
  later: AsyncIterable<SealedStep>;
  /** The purge that destroys the former, and what it destroys. */
  purge: SealedMemory;
  destroyed: readonly string[];
}

/**
 * What a connection had taught when the last of the runs was sealed whose memory is destroyed: the runs after it go on from
 * there. Made from the archive and not from the ledger in use, because what is destroyed next was its only proof.
 * Whatever the purge takes out of the ledger is not in it either: students who are gone stay without values, but for those
 * who came back later, with whom the runs after it are compared.
 * @param folder for two ledgers on the way, to be removed by the caller
 */
export async function* makeCheckpoint(folder: string, of: CheckpointOf): AsyncGenerator<string> {
  const [then, now] = [join(folder, 'then.sqlite'), join(folder, 'now.sqlite')];
  await applyTo(then, of.until);
  await copyFile(then, now).catch((cause: unknown) => {
    throw diskError(`Cannot copy ${then}`, cause);
  });
  await applyTo(now, of.later);
  await applyTo(now, justThis(of.purge));
  const database = await openDatabase(then);
  try {
    openStrike(database).blankTouches(of.connection, of.destroyed, of.purge.run.id);
    database.prepare('ATTACH DATABASE ? AS later').run(now);
    takeOver(database, of.connection);
    yield* readCheckpoint(database, of.connection);
  } finally {
    database.close();
  }
}

async function applyTo(path: string, runs: AsyncIterable<SealedStep>): Promise<void> {
  await using ledger = await openSqliteLedger(path);
  await applyRuns(ledger, runs);
}

async function* justThis(purge: SealedMemory): AsyncGenerator<SealedMemory> {
  yield purge;
}

/** Whom the purge leaves without values, and what people decided that it forgets. */
function takeOver(database: DatabaseSync, connection: string): void {
  const gone = prepareQuery(
    database,
    `SELECT own.record, theirs.content FROM main.records AS own JOIN main.files AS at ON at.file = own.file
     JOIN later.files AS there ON there.connection = at.connection AND there.name = at.name
     JOIN later.records AS theirs ON theirs.file = there.file AND theirs.id = own.id
     WHERE at.connection = ? AND own.deactivated = 1 AND theirs.deactivated = 1 AND theirs.mapped = ''`,
  ).all(connection);
  const blank = database.prepare(
    `UPDATE main.records SET mapped = '', school = '', grade = '', content = ? WHERE record = ?`,
  );
  for (const [record = null, content = null] of gone) blank.run(content, record);
  database
    .prepare(
      `DELETE FROM main.decisions WHERE connection = ? AND NOT EXISTS (SELECT 1 FROM later.decisions AS kept
       WHERE kept.connection = decisions.connection AND kept.file = decisions.file AND kept.id = decisions.id
       AND kept.field = decisions.field) AND field <> ''`,
    )
    .run(connection);
}
