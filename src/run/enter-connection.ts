import { finishSeals } from '../archive/finish-seals.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { clearHalfWrittenState } from '../ledger/last-drop.ts';
import type { RunTools } from './run-tools.ts';
import { catchUp } from './sealed-memory.ts';

/**
 * What comes first under the lock of a connection: what a crash left half-written goes, a seal that it cut short is
 * finished, and the ledger follows the archive. Throws ledger_younger where it does not: then nothing may be compared, and nothing delivered.
 */
export async function enterConnection({ name }: LoadedConnection, tools: RunTools): Promise<void> {
  await clearHalfWrittenState(tools.archivePath, name);
  await finishSeals(tools.archivePath, name);
  await catchUp(await tools.ledger(), tools.archivePath, name, tools.sealing?.unseal);
}
