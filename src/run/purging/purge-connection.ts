import { join } from 'node:path';
import { destroyFiles, finishDestructions, refuseAlteredDue } from '../../archive/destroy-files.ts';
import { finishSeals } from '../../archive/finish-seals.ts';
import { CHECKPOINT_FILE, DESTRUCTION_FILE, isPurge } from '../../archive/layout.ts';
import { type PurgePlan, planPurge, type Retention } from '../../archive/plan-purge.ts';
import { createRunFolder, listStrayFolders } from '../../archive/run-folder.ts';
import type { Destruction } from '../../archive/schema.ts';
import { sealRun } from '../../archive/seal-run.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { lockConnection } from '../../ledger/connection-lock.ts';
import { MEMORY_FILE, memoryLine } from '../../ledger/read-memory.ts';
import { isoInZone, runDayOf } from '../../time/run-day.ts';
import { stamp } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';
import { catchUp } from '../sealed-memory.ts';
import { entriesOf, lastNeeded, writeCheckpoint } from './write-checkpoint.ts';

export interface PurgeOrder {
  connection: string;
  retention: Retention;
  /** The account at whose word it is done. */
  by: string;
  dryRun: boolean;
}

/** What is done by the time a step is reported; a crash between any two is made good by purging again. */
export type PurgeStep = 'finished_earlier' | 'written' | 'sealed' | 'destroying' | 'destroyed' | 'forgotten';

export interface PurgeAnswer {
  connection: string;
  plan: PurgePlan;
  /** The record of it in the chain; undefined where nothing was due, or of a dry run. */
  purge: string | undefined;
  filesDestroyed: number;
  /** Files that an earlier purge had named, and a crash had left. */
  filesFinished: number;
}

/**
 * Applies retention to one connection. First a record of what goes, with every hash, is sealed into the chain, and with it
 * all that the ledger knows; then the files go; then their values leave the ledger. So nothing is ever gone that no sealed
 * record explains, and the ledger can still be made anew.
 * Throws already_running, archive_altered where what is due is not as it was sealed, ledger_younger, memory_unreadable.
 */
export async function purgeConnection(
  order: PurgeOrder,
  tools: Pick<RunTools, 'archivePath' | 'zone' | 'clock' | 'ledger' | 'newSuffix' | 'program' | 'sealing'>,
  afterStep: (step: PurgeStep) => void = () => {},
): Promise<PurgeAnswer> {
  const { connection, retention, dryRun } = order;
  const { archivePath } = tools;
  using _lock = lockConnection(archivePath, connection);
  const today = runDayOf(tools.clock.now(), tools.zone, '01-01').date;
  if (dryRun) {
    const plan = await planPurge(archivePath, connection, { today, retention });
    return { connection, plan, purge: undefined, filesDestroyed: 0, filesFinished: 0 };
  }
  await finishSeals(archivePath, connection);
  for (const stray of await listStrayFolders(archivePath, connection))
    if (isPurge(stray.run)) await stray.discard();
  await catchUp(await tools.ledger(), archivePath, connection, tools.sealing?.unseal);
  const filesFinished = await finishDestructions(archivePath, connection);
  afterStep('finished_earlier');
  const plan = await planPurge(archivePath, connection, { today, retention });
  if (plan.runs.length === 0) return { connection, plan, purge: undefined, filesDestroyed: 0, filesFinished };
  await refuseAlteredDue(plan);
  const destruction = describe(order, plan, tools);
  destruction.checkpoint_after = await lastNeeded(archivePath, destruction);
  await sealDestruction(destruction, tools, afterStep);
  afterStep('sealed');
  const filesDestroyed = await destroyFiles(archivePath, destruction, () => afterStep('destroying'));
  afterStep('destroyed');
  await catchUp(await tools.ledger(), archivePath, connection, tools.sealing?.unseal);
  afterStep('forgotten');
  return { connection, plan, purge: destruction.purge, filesDestroyed, filesFinished };
}

function describe(
  { connection, by }: PurgeOrder,
  plan: PurgePlan,
  tools: Pick<RunTools, 'zone' | 'clock' | 'newSuffix' | 'program'>,
): Destruction {
  const nowMs = tools.clock.now();
  return {
    schema: 'rosterferry/destruction/1',
    purge: `${stamp(nowMs)}-${connection}-purge${tools.newSuffix()}`,
    connection,
    at: isoInZone(nowMs, tools.zone),
    date: plan.date,
    by,
    retain: plan.retain,
    runs: plan.runs.map(({ path: _, ...run }) => run),
    held: plan.held,
    program: tools.program,
  };
}

async function sealDestruction(
  destruction: Destruction,
  tools: Pick<RunTools, 'archivePath' | 'sealing'>,
  afterStep: (step: PurgeStep) => void,
): Promise<void> {
  const { purge: id, connection, date: businessDate, at } = destruction;
  // Without a state it is a stray until it is sealed, which the next run or purge clears away: nothing is gone yet.
  const folder = await createRunFolder(tools.archivePath, { id }, { dry: false });
  await writeWhole(join(folder.path, DESTRUCTION_FILE), `${JSON.stringify(destruction, undefined, 2)}\n`);
  await writeWhole(join(folder.path, MEMORY_FILE), entriesOf(destruction).map(memoryLine).join(''));
  if (destruction.checkpoint_after !== undefined) {
    const { work: workFolder } = folder;
    await writeCheckpoint(join(folder.path, CHECKPOINT_FILE), {
      archivePath: tools.archivePath,
      destruction,
      workFolder,
      unseal: tools.sealing?.unseal,
    });
  }
  afterStep('written');
  await sealRun(
    folder,
    { id, connection, businessDate },
    {
      sealedAt: at,
      recipients: tools.sealing?.recipients,
    },
  );
}
