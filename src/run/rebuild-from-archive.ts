import { listConnections, listSealedFolders } from '../archive/sealed-folders.ts';
import { refuseUnseal, type Unseal } from '../archive/unseal-files.ts';
import { AppError } from '../errors/app-error.ts';
import type { RebuiltConnection, SealedStep } from '../ledger/apply-runs.ts';
import { lockConnection } from '../ledger/connection-lock.ts';
import { rebuildLedger } from '../ledger/rebuild-ledger.ts';
import type { LedgerSettings } from '../ledger/schema.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { listSealedMemory } from './list-sealed-memory.ts';

/**
 * Makes the ledger anew from the sealed runs of the archive. No run begins or ends meanwhile.
 * Throws ledger_in_use and already_running where anyone is at work, memory_unreadable where a run cannot be read,
 * usage where there is none: the old ledger is then as it was.
 */
export async function rebuildFromArchive(
  archivePath: string,
  ledger: LedgerSettings,
  unseal = refuseUnseal,
): Promise<RebuiltConnection[]> {
  const connections = await listWithRuns(archivePath);
  if (connections.length === 0)
    // A mistyped path must not turn a ledger that knows a district into an empty one.
    throw new AppError('usage', `There is no sealed run in ${archivePath}`, {
      hint: `Nothing was changed. Mend archive.path; to begin anew, remove ${ledger.path} yourself.`,
    });
  keepHeapSmall();
  return rebuildLedger(ledger, readLocked(archivePath, connections, unseal));
}

async function listWithRuns(archivePath: string): Promise<string[]> {
  const found: string[] = [];
  for (const connection of await listConnections(archivePath))
    if ((await listSealedFolders(archivePath, connection)).length > 0) found.push(connection);
  return found;
}

async function* readLocked(
  archivePath: string,
  connections: readonly string[],
  unseal: Unseal,
): AsyncGenerator<SealedStep> {
  using locks = new DisposableStack();
  for (const connection of connections) locks.use(lockConnection(archivePath, connection));
  for (const connection of connections) yield* listSealedMemory(archivePath, connection, undefined, unseal);
}
