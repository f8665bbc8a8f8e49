import { join } from 'node:path';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { lockConnection } from '../../ledger/connection-lock.ts';
import { MEMORY_FILE } from '../../ledger/read-memory.ts';
import type { LedgerSettings } from '../../ledger/schema.ts';
import type { Report } from '../../report/schema.ts';
import { claimNamed } from '../claim-drop.ts';
import { forgetMemory } from '../comparing/end-memory.ts';
import { draftRun } from '../draft-run.ts';
import { keepHeapSmall } from '../keep-heap-small.ts';
import { type OpenRun, openNewRun } from '../open-run.ts';
import { readReport } from '../read-report.ts';
import type { RunTools } from '../run-tools.ts';
import {
  breachedSafeguards,
  compareTotals,
  type FileDifference,
  heldReasons,
  isSame,
  keepsDrafts,
  type ReplayAnswer,
  wasJudged,
} from './replay-answer.ts';
import { type ArchivedRun, claimsOf } from './replay-archived.ts';
import { openReplayLedgers, type ReplayLedgers } from './replay-ledgers.ts';
import { compareViews } from './replay-records.ts';
import { compareSettings } from './replay-settings.ts';
import { compareVerdicts } from './replay-verdicts.ts';

export interface ReplayRequest {
  archived: ArchivedRun;
  /** As it is configured today, or with other mappings. */
  connection: LoadedConnection;
  /** The real ledger is left alone; those of the replay lie beside it for as long as it takes. */
  ledger: LedgerSettings;
}

/**
 * Carries the drop of an archived run again, as a dry run with its business date and with what was known before it, and
 * tells what would differ. Nothing is delivered or remembered; a drop that fails now is an answer with an error in its
 * report. No run of the connection is kept waiting, but of a held one nobody can decide meanwhile.
 * Throws already_running, memory_unreadable.
 */
export async function replayRun(request: ReplayRequest, tools: RunTools): Promise<ReplayAnswer> {
  const { archived, connection } = request;
  const { isSealed, report: then } = archived;
  keepHeapSmall();
  using _lock = isSealed ? undefined : lockConnection(tools.archivePath, then.run.connection);
  await using ledgers = await openReplayLedgers(request.ledger.path, archived, tools.sealing?.unseal);
  const run = await openReplay(archived, connection, tools);
  try {
    await draftAgain(run, ledgers, tools);
    const now = await readReport(run.folder.path);
    const known = {
      was: then,
      now,
      folder: run.folder.path,
      settings: await compareSettings(archived.folder, run.folder.path),
      totals: compareTotals(then, now),
      held: heldReasons(then, now),
      breached: breachedSafeguards(then, now),
      files: now.error ? [] : await compareFiles(archived, run, { now, ledgers }),
    };
    await run.folder.removeWork();
    await forgetMemory(run);
    return { ...known, isIdentical: isSame(known) };
  } catch (error) {
    await run.folder.discard();
    throw error;
  }
}

async function openReplay(
  archived: ArchivedRun,
  connection: LoadedConnection,
  tools: RunTools,
): Promise<OpenRun> {
  const { report, lane } = archived;
  const { business_date: businessDate } = report.run;
  const asked = { connection, trigger: 'manual' as const, businessDate, dryRun: true, lane };
  const run = await openNewRun(asked, tools, (folder) => claimNamed(claimsOf(archived), folder));
  // Whoever decided about records while the run was held decided about these drafts.
  const decisions = report.decisions.filter(({ file }) => file !== undefined);
  if (decisions.length > 0) run.record = { ...run.record, decisions };
  return run;
}

async function draftAgain(run: OpenRun, ledgers: ReplayLedgers, tools: RunTools): Promise<void> {
  const before = await ledgers.recallBefore(tools.archivePath, tools.signal);
  try {
    await draftRun(run, { ...tools, ledger: async () => before });
  } finally {
    await before.close();
  }
}

async function compareFiles(
  archived: ArchivedRun,
  run: OpenRun,
  { now, ledgers }: { now: Report; ledgers: ReplayLedgers },
): Promise<FileDifference[]> {
  const { report: then } = archived;
  const files: FileDifference[] = [];
  for (const { name, file } of then.inputs) {
    const [old, fresh] = [then, now].map(({ outputs }) => outputs.find((one) => one.name === name));
    const bytes = old?.sha256 === fresh?.sha256 ? ('same' as const) : ('differ' as const);
    files.push({
      name,
      bytes: keepsDrafts(then) ? bytes : 'not_kept',
      rows: { was: old?.rows ?? 0, now: fresh?.rows ?? 0 },
      ...(wasJudged(then) && { verdicts: await compareVerdicts(archived.folder, run.folder.path, file) }),
    });
  }
  return addRecords(files, { then, now, memoryPath: join(run.folder.path, MEMORY_FILE) }, ledgers);
}

/** Where all bytes are the same, so are the records, and nobody has to look at them. */
async function addRecords(
  files: FileDifference[],
  reports: { then: Report; now: Report; memoryPath: string },
  ledgers: ReplayLedgers,
): Promise<FileDifference[]> {
  if (files.every(({ bytes }) => bytes !== 'differ')) return files;
  const { then, now, memoryPath } = reports;
  await using both = await ledgers.openBoth({ report: now, memoryPath });
  const compared: FileDifference[] = [];
  for (const file of files) {
    if (file.bytes !== 'differ') {
      compared.push(file);
      continue;
    }
    const { connection } = then.run;
    const views = {
      was: await both.was.delivered(connection, file.name),
      now: await both.now.delivered(connection, file.name),
    };
    compared.push({ ...file, records: await compareViews(views, openNames(then.run.id, now.run.id)) });
  }
  return compared;
}

/** The id of a dependant may end in the name of the run that was the first to deliver it. */
function openNames(then: string, now: string) {
  const rename = (from: string, to: string) => (id: string) =>
    id.endsWith(`.${from}`) ? `${id.slice(0, -from.length)}${to}` : id;
  return { idNow: rename(then, now), idThen: rename(now, then) };
}
