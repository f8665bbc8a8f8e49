import type { Destination } from '../deliver/destination.ts';
import { asAppError } from '../errors/app-error.ts';
import { readStagedNames, writeStagedNames } from '../ledger/staged-names.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/** The run ends undelivered: what it staged may lie at the other side, where nobody could be asked to remove it. */
export async function noteStaged({ record }: OpenRun, { archivePath }: RunTools): Promise<void> {
  const { id, connection } = record.facts;
  if (record.shipment.length === 0) return;
  const others = (await readStagedNames(archivePath, connection)).filter(({ run }) => run !== id);
  const own = record.shipment.map(({ file }) => ({ run: id, name: file }));
  await writeStagedNames(archivePath, connection, [...others, ...own]);
}

/**
 * Removes what earlier runs may have left under their temporary names. One that cannot be removed fails nothing: it is said,
 * and tried again at the next delivery. What this run itself left before it was interrupted stays: its state says what its
 * temporary names mean, and staging replaces them.
 */
export async function clearDestination(
  { record: { facts } }: OpenRun,
  destination: Destination,
  tools: RunTools,
): Promise<void> {
  const { id, connection } = facts;
  const names = await readStagedNames(tools.archivePath, connection);
  const others = names.filter(({ run }) => run !== id);
  if (others.length === 0) return;
  try {
    for (const { run, name } of others) await destination.unstage({ name }, run);
    const own = names.filter(({ run }) => run === id);
    await writeStagedNames(tools.archivePath, connection, own);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { connection, code, message },
      'what an earlier run left at the destination is not removed yet; the next delivery tries again',
    );
  }
}
