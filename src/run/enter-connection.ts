import { finishSeals } from '../archive/finish-seals.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { RunTools } from './run-tools.ts';
import { catchUp } from './sealed-memory.ts';

/**
 * What comes first under the lock of a connection: a seal that a crash cut short is finished, and the ledger follows
 * the archive. Throws ledger_younger where it does not: then nothing may be compared, and nothing delivered.
 */
export async function enterConnection({ name }: LoadedConnection, tools: RunTools): Promise<void> {
  await finishSeals(tools.archivePath, name);
  await catchUp(await tools.ledger(), tools.archivePath, name, tools.sealing?.unseal);
}
