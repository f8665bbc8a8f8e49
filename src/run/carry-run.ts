import { sealRun } from '../archive/seal-run.ts';
import { asAppError } from '../errors/app-error.ts';
import { noteTaken } from '../ledger/last-drop.ts';
import { buildShipment } from '../report/build-shipment.ts';
import type { ReportDetails } from '../report/report-details.ts';
import type { Report } from '../report/schema.ts';
import { belongsToStudent } from '../vocabulary/record-kind.ts';
import { draftAnswer } from './answering/draft-answer.ts';
import { sendAnswers } from './answering/send-answers.ts';
import { noteStaged } from './clear-destination.ts';
import { clearSource } from './clear-source.ts';
import { endMemory, forgetMemory } from './comparing/end-memory.ts';
import { deliverRun } from './deliver-run.ts';
import { draftRun } from './draft-run.ts';
import { failRun, removeDrafts } from './fail-run.ts';
import { knownFilesOf } from './known-files-of.ts';
import { copyLast } from './load-last.ts';
import { carriedOf, type OpenRun, reportOf } from './open-run.ts';
import { readReport } from './read-report.ts';
import { gatherDetails } from './reporting/gather-details.ts';
import type { RunState } from './run-states.ts';
import { now, type RunTools } from './run-tools.ts';
import { catchUp } from './sealed-memory.ts';
import { openTellingAhead, type TellingAhead } from './tell-ahead.ts';
import { writeReport } from './write-report.ts';

/**
 * The corridor: carries an open run, new or interrupted, as far as it can go, and answers its report.
 * A run that is held stays open; a dry run stops before anything leaves. Throws only what leaves the run open:
 * a destination that broke while files were becoming visible, a disk that fails.
 */
export async function carryRun(run: OpenRun, tools: RunTools): Promise<Report> {
  const ahead = openTellingAhead(run, tools);
  try {
    if (isAt(run, 'claimed', 'drafted')) await draftRun(run, tools, ahead.begin);
    if (run.record.dryRun) return await endDryRun(run);
    if (isAt(run, 'released')) tools.signal.throwIfAborted();
    if (isAt(run, 'released')) await ahead.begin(run.record.memoryBytes ?? 0);
    const gathered = isAt(run, 'released', 'staged') ? await deliverAndGather(run, tools) : undefined;
    if (isAt(run, 'delivered')) await reportDelivery(run, tools, gathered?.details);
    else await ahead.giveUp();
    if (isAt(run, 'delivered', 'failed', 'cancelled')) await sealAndClear(run, tools, ahead);
  } finally {
    await ahead.giveUp();
  }
  return readReport(run.folder.path);
}

function isAt(run: OpenRun, ...states: RunState[]): boolean {
  return states.includes(run.record.state);
}

async function endDryRun(run: OpenRun): Promise<Report> {
  await run.folder.removeWork();
  await forgetMemory(run);
  return readReport(run.folder.path);
}

/** What the report shows beside its facts is there already, and reading it is something to do while files are copied or sent. */
async function deliverAndGather(run: OpenRun, tools: RunTools): Promise<{ details: Promise<ReportDetails> }> {
  const details = gatherDetails(run);
  // Who writes the report hears of a fault; the folder is not moved while somebody reads in it.
  const gathered = details.catch(() => undefined);
  try {
    await deliverPatiently(run, tools);
  } finally {
    await gathered;
  }
  return { details };
}

/** Longest waits between tries where the line broke; a night is lost sooner to a hiccup than to a fault. */
const WAITS_MS = [1000, 5000];

async function deliverPatiently(run: OpenRun, tools: RunTools): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await deliverRun(run, tools);
    } catch (thrown) {
      const error = asAppError(thrown);
      const waitMs = jittered(WAITS_MS[attempt]);
      // A refused login or a changed key is never tried again here: that would lock the account.
      const isHiccup = error.code === 'connection_lost' || (attempt > 0 && error.code === 'host_unreachable');
      if (isHiccup && waitMs !== undefined && !tools.signal.aborted) {
        tools.logger.warn(
          { code: error.code, run: run.record.facts.id, waitMs },
          'the destination broke off, trying again',
        );
        await tools.clock.sleep(waitMs, tools.signal);
        continue;
      }
      // Once a file may be visible the run is not failed but unfinished: the next start asks the destination.
      if (run.record.state !== 'released' || hasArrived(run)) throw error;
      // Nobody waits for the daemon, so what may pass is tried again at its next look; a person is told at once.
      if (error.transient && run.record.facts.trigger !== 'manual') throw error;
      await noteStaged(run, tools);
      return failRun(run, tools, reportOf(run), error);
    }
  }
}

/** Something of it did before it was held, because of the rest nobody could know. */
function hasArrived({ record }: OpenRun): boolean {
  return record.shipment.some(({ deliveredAt }) => deliveredAt !== '');
}

/** Between half of it and all of it, so that many connections to a host that came back do not come at once. */
function jittered(longestMs: number | undefined): number | undefined {
  return longestMs === undefined ? undefined : Math.round(longestMs * (0.5 + Math.random() / 2));
}

async function reportDelivery(
  run: OpenRun,
  tools: RunTools,
  details: Promise<ReportDetails> | undefined,
): Promise<void> {
  const report = reportOf(run);
  const outcome = run.record.outputs.length === 0 ? 'nothing_to_deliver' : 'delivered';
  const delivered: Report = {
    ...report,
    run: { ...report.run, outcome, finished_at: now(tools) },
    ...deliveredOf(report, run.record.shipment),
  };
  await writeReport(run, delivered, details);
}

/** What left the house, and when each file was at the other side. */
function deliveredOf({ outputs }: Report, shipment: OpenRun['record']['shipment']): Partial<Report> {
  const timeOf = (file: string) => shipment.find(({ holds }) => holds.includes(file))?.deliveredAt ?? '';
  return {
    outputs: outputs.map((one) => ({ ...one, delivered_at: timeOf(one.file) })),
    ...buildShipment(shipment),
  };
}

/** What was taken is written down before the seal, so that a crash between seal and clearing is made good. */
async function sealAndClear(run: OpenRun, tools: RunTools, ahead: TellingAhead): Promise<void> {
  const { id, connection } = run.record.facts;
  const isDelivered = isAt(run, 'delivered');
  const files = run.record.claimed.flatMap((file) => (file.listed ? [file.listed] : []));
  if (files.length > 0) await noteTaken(tools.archivePath, connection, { run: id, files });
  if (isAt(run, 'failed', 'cancelled')) await removeDrafts(run);
  await endMemory(run, tools);
  await ahead.tellRest();
  await draftAnswer(run, tools);
  await sealRun(run.folder, run.record.facts, {
    sealedAt: now(tools),
    recipients: tools.sealing?.recipients,
    known: knownFilesOf(run.record),
  });
  await catchUp(await ahead.ledger(), tools.archivePath, connection, tools.sealing?.unseal);
  if (files.length > 0) await clearSource(run.connection, tools);
  await sendAnswers(run.connection, tools);
  if (isDelivered) await copyDelivered(run, tools);
}

/** For the next night, which is slower without: what was delivered and sealed does not fail by it. */
async function copyDelivered(run: OpenRun, tools: RunTools): Promise<void> {
  const { id, connection } = run.record.facts;
  try {
    const ledger = await tools.ledger();
    for (const { name } of carriedOf(run)) {
      const record = run.connection.files.get(name)?.mapping.record ?? 'other';
      // Contacts and other rows of students have no copy.
      if (!belongsToStudent(record)) await copyLast(await ledger.delivered(connection, name));
    }
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn({ run: id, code, message }, 'the last delivery was not copied for the next night');
  }
}
