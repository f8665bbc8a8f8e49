import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { listStrayFolders } from '../../archive/run-folder.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError, asAppError } from '../../errors/app-error.ts';
import { errnoOf } from '../../files/disk-error.ts';
import { lockConnection } from '../../ledger/connection-lock.ts';
import { claimNamed } from '../claim-drop.ts';
import { enterConnection } from '../enter-connection.ts';
import type { RunTools } from '../run-tools.ts';
import { lookForResults } from './look-for-results.ts';
import { type TakenResult, takeResult } from './take-result.ts';

export interface AcknowledgeOrder {
  connection: LoadedConnection;
  /** A file that a person named, in place of what lies in the folder. */
  named?: { path: string; run?: string | undefined } | undefined;
  /** Of a daemon: files that could not be used before are left alone. */
  onlyNew: boolean;
}

/**
 * Reads what the importing system answered, file by file. Throws usage where the connection has no `acknowledge`,
 * already_running, input_missing, and what reaching the folder throws.
 */
export async function acknowledgeConnection(
  { connection, named, onlyNew }: AcknowledgeOrder,
  tools: RunTools,
): Promise<TakenResult[]> {
  if (!connection.settings.acknowledge)
    throw new AppError(
      'usage',
      `The connection ${connection.name} has no acknowledge: nobody said where answers lie`,
      {
        hint: 'Add acknowledge to the connection; docs/acknowledging.md says how.',
      },
    );
  using _lock = lockConnection(tools.archivePath, connection.name);
  await enterConnection(connection, tools);
  // What a crash left of an answer; an open run has a state, and is none of ours.
  for (const stray of await listStrayFolders(tools.archivePath, connection.name)) await stray.discard();
  if (!named) return lookForResults(connection, { onlyNew }, tools);
  return [await takeResult(connection, await fileOf(named), tools)];
}

/**
 * The same at the beginning of a run, whose lock is held. Whatever is wrong is said and stops nothing: the students of
 * tonight do not wait for the answer about those of yesterday.
 */
export async function acknowledgeBeforeRun(connection: LoadedConnection, tools: RunTools): Promise<void> {
  if (!connection.settings.acknowledge) return;
  try {
    await lookForResults(connection, { onlyNew: true }, tools);
  } catch (thrown) {
    if (tools.signal.aborted) throw thrown;
    const { code, message, hint } = asAppError(thrown);
    if (code === 'defect') throw thrown;
    tools.logger.warn(
      { connection: connection.name, code, message, hint },
      'what the importing system answered could not be looked for',
    );
  }
}

async function fileOf({ path, run }: NonNullable<AcknowledgeOrder['named']>) {
  const name = basename(path);
  const facts = await stat(path).catch((cause: unknown) => {
    if (errnoOf(cause) === 'ENOENT')
      throw new AppError('input_missing', `There is no file ${path}`, { cause });
    throw cause;
  });
  return {
    name,
    run,
    modifiedMs: facts.mtimeMs,
    async fetch(to: string) {
      const [copied] = await claimNamed(new Map([[name, path]]), dirname(to));
      if (!copied) throw new AppError('input_missing', `There is no file ${path}`);
      return copied;
    },
  };
}
