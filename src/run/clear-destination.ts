import type { Destination } from '../deliver/destination.ts';
import { asAppError } from '../errors/app-error.ts';
import { readStagedNames, writeStagedNames } from '../ledger/staged-names.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/** The run ends with a fault: what it staged may lie at the other side, where nobody could be asked to remove it. */
export async function noteStaged({ record }: OpenRun, { archivePath }: RunTools): Promise<void> {
  const { id, connection } = record.facts;
  if (record.shipment.length === 0) return;
  const others = (await readStagedNames(archivePath, connection)).filter(({ run }) => run !== id);
  const own = record.shipment.map(({ file }) => ({ run: id, name: file }));
  await writeStagedNames(archivePath, connection, [...others, ...own]);
}

/**
 * Removes what earlier runs may have left under their temporary names. One that cannot be removed fails nothing: it is said,
 * and tried again at the next delivery.
 */
export async function clearDestination(
  connection: string,
  destination: Destination,
  tools: RunTools,
): Promise<void> {
  const names = await readStagedNames(tools.archivePath, connection);
  if (names.length === 0) return;
  try {
    for (const { run, name } of names) await destination.unstage({ name }, run);
    await writeStagedNames(tools.archivePath, connection, []);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { connection, code, message },
      'what an earlier run left at the destination is not removed yet; the next delivery tries again',
    );
  }
}
