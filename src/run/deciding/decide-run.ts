import { join } from 'node:path';
import { listOpenRuns } from '../../archive/run-folder.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError } from '../../errors/app-error.ts';
import { hashFile } from '../../files/hash-file.ts';
import { lockConnection } from '../../ledger/connection-lock.ts';
import type { Report } from '../../report/schema.ts';
import { carryRun } from '../carry-run.ts';
import { enterConnection } from '../enter-connection.ts';
import { cancelRun } from '../fail-run.ts';
import { advance, type OpenRun, reopenRun, reportOf, type ShippedFile } from '../open-run.ts';
import { now, type RunTools } from '../run-tools.ts';

/** What a person decided about a held run; it stands in the report for good. */
export interface RunDecision {
  decision: 'approve' | 'cancel';
  by: string;
  reason?: string | undefined;
  /** Somebody looked: the files are at the destination. Only of a run that was held because that could not be known. */
  arrived?: boolean | undefined;
}

/**
 * Releases or cancels a held run, and carries it to its end.
 * An approval is for the drafts that were held: their hashes are compared before anything leaves.
 * Throws unknown_run, not_held, draft_altered, already_running; usage where `arrived` is said of files that were never sent.
 */
export async function decideRun(
  connection: LoadedConnection,
  id: string,
  decision: RunDecision,
  tools: RunTools,
): Promise<{ report: Report; folder: string }> {
  using _lock = lockConnection(tools.archivePath, connection.name);
  await enterConnection(connection, tools);
  const run = await findHeldRun(connection, id, tools);
  if (decision.arrived) refuseNeverSent(run);
  const { reason, arrived, ...who } = decision;
  const entry = {
    ...who,
    at: now(tools),
    ...(reason === undefined ? {} : { reason }),
    ...(arrived ? { arrived } : {}),
  };
  const report = { ...reportOf(run), decisions: [...reportOf(run).decisions, entry] };
  if (decision.decision === 'cancel') await cancelRun(run, tools, report);
  else {
    await refuseAlteredDrafts(run);
    const shipment = arrived ? withArrived(run, tools) : run.record.shipment;
    await advance(run, 'released', { report, shipment });
  }
  return { report: await carryRun(run, tools), folder: run.folder.path };
}

/** Only a run that was staged can have sent anything. */
function refuseNeverSent({ record }: OpenRun): void {
  if (record.before) return;
  throw new AppError(
    'usage',
    `Nothing of the run ${record.facts.id} was sent yet, so nothing can have arrived`,
  );
}

/** Those that the person was asked about; what comes behind them was never sent. */
function withArrived({ record: { shipment, unknown } }: OpenRun, tools: RunTools): ShippedFile[] {
  const isMeant = ({ file, deliveredAt }: ShippedFile) =>
    deliveredAt === '' && (unknown?.includes(file) ?? true);
  return shipment.map((one) => (isMeant(one) ? { ...one, deliveredAt: now(tools) } : one));
}

async function findHeldRun(connection: LoadedConnection, id: string, tools: RunTools): Promise<OpenRun> {
  const folder = (await listOpenRuns(tools.archivePath, connection.name)).find((one) => one.run === id);
  if (!folder)
    throw new AppError('not_held', `The run ${id} is not open, so nobody needs to decide about it`);
  const run = await reopenRun(folder, connection);
  if (run.record.state === 'held') return run;
  throw new AppError('not_held', `The run ${id} is ${run.record.state}, it does not wait for a person`);
}

async function refuseAlteredDrafts(run: OpenRun): Promise<void> {
  for (const { file, digest } of [...run.record.outputs, ...run.record.shipment]) {
    const found = await hashFile(join(run.folder.outbound, file));
    if (found.sha256 === digest.sha256) continue;
    throw new AppError(
      'draft_altered',
      `The drafted file ${file} of the run ${run.record.facts.id} was altered since it was held`,
    );
  }
}
