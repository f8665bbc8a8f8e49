import { stat } from 'node:fs/promises';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError, asAppError } from '../errors/app-error.ts';
import { CATALOGUE } from '../errors/catalogue.ts';
import { lockConnection } from '../ledger/connection-lock.ts';
import { isSameDrop, readLastDrop } from '../ledger/last-drop.ts';
import { type Pause, pauseOn } from '../reconcile/pause.ts';
import type { Report } from '../report/schema.ts';
import type { DropFound } from '../source/choose-drop.ts';
import { filesThatCome } from '../source/schema.ts';
import type { ListedFile, Source } from '../source/source.ts';
import { runDayOf } from '../time/run-day.ts';
import type { Trigger } from '../vocabulary/run.ts';
import { acknowledgeBeforeRun } from './acknowledging/acknowledge-connection.ts';
import { carryInTurn } from './carry-in-turn.ts';
import { type ByteScans, claimDrop, claimNamed } from './claim-drop.ts';
import { openDraftThread } from './drafting/draft-thread.ts';
import { enterConnection } from './enter-connection.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { lookForNew } from './look-for-new.ts';
import { type Lane, type OpenRun, openNewRun } from './open-run.ts';
import { reachDestination } from './reach-destination.ts';
import { resumeRuns } from './resume-runs.ts';
import type { RunTools } from './run-tools.ts';
import { settleLastRun } from './settle-last-run.ts';

export interface RunRequest {
  connection: LoadedConnection;
  trigger: Trigger;
  dryRun: boolean;
  /** yyyy-MM-dd; today in the zone of the service where it is left out. */
  businessDate?: string | undefined;
  /** Files that a person named, by the names of the connection; otherwise the drop at the source is taken. */
  named?: ReadonlyMap<string, string> | undefined;
  /** A drop that is still at the source and was carried before is left alone. */
  onlyNew?: boolean;
  /** Some students alone. The drop stays at the source, because it was not carried as a whole. */
  lane?: Lane | undefined;
}

export type RunAnswer = RunResult & {
  /** Of the runs that had been interrupted, and were finished first. */
  finished: readonly Report[];
};

type RunResult =
  | { kind: 'ran'; report: Report; folder: string }
  /** No whole drop is there: none at all, one still arriving, or the one that was carried already. */
  | { kind: 'no_drop'; found: Exclude<DropFound, { state: 'whole' }> | { state: 'carried_before' } }
  /** A pause of the connection stops everything on this day; the drop stays where it is. */
  | { kind: 'paused'; pause: Pause };

/**
 * One run now. Finishes first what was interrupted, then takes the drop and carries it.
 * Throws already_running, open_run, and whatever keeps a drop from being taken.
 */
export async function runConnection(request: RunRequest, tools: RunTools): Promise<RunAnswer> {
  const { connection } = request;
  keepHeapSmall();
  using draftThread = openDraftThread();
  // Where there are lanes, another thread may carry the run, and opens its own.
  const own = tools.lanes ? tools : { ...tools, draftThread };
  for (const path of request.named?.values() ?? []) own.draftThread?.warm(await sizeOf(path));
  using _lock = lockConnection(tools.archivePath, connection.name);
  await enterConnection(connection, own);
  const finished = request.dryRun ? [] : await resumeRuns(connection, own);
  try {
    return { ...(await takeAndCarry(request, own)), finished };
  } catch (error) {
    // The answer that would name them does not come.
    for (const { run } of finished)
      tools.logger.warn({ run: run.id, outcome: run.outcome }, 'an interrupted run was finished before');
    throw error;
  }
}

/** 0 of a file that is not there: who takes it says so. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

async function takeAndCarry(request: RunRequest, tools: RunTools): Promise<RunResult> {
  const { connection } = request;
  if (!request.dryRun) {
    await settleLastRun(connection, tools);
    // A daemon has a look of its own for them, because it looks for drops far more often than anybody answers.
    if (request.trigger === 'manual') await acknowledgeBeforeRun(connection, tools);
  }
  const pause = pauseOn(businessDateOf(request, tools), connection.settings.pause ?? []);
  if (pause?.mode === 'stop' && !request.dryRun) return { kind: 'paused', pause };
  const taken = request.named
    ? await takeNamed(request, request.named, tools)
    : await takeDrop(request, tools);
  if (taken.kind === 'no_drop') return taken;
  const report = await carryInTurn(taken.run, tools);
  return { kind: 'ran', report, folder: taken.run.folder.path };
}

type Taken =
  | { kind: 'taken'; run: OpenRun }
  | { kind: 'no_drop'; found: Extract<RunAnswer, { kind: 'no_drop' }>['found'] };

/**
 * Looks for a drop, asks whether the destination is there, and only then takes the drop: one that cannot be delivered
 * stays at the source. One session after the other, because some hosts allow one; the rest of the run needs none.
 */
async function takeDrop(request: RunRequest, tools: RunTools): Promise<Taken> {
  const { connection } = request;
  const found = await withSource(connection, tools, (source) => lookForNew(source, connection, tools));
  if (found.state !== 'whole') return { kind: 'no_drop', found };
  if (request.onlyNew && (await wasCarried(connection, found.files, tools)))
    return { kind: 'no_drop', found: { state: 'carried_before' } };
  for (const { sizeBytes } of found.files.values()) tools.draftThread?.warm(sizeBytes);
  if (!request.dryRun) await expectReachable(connection, tools);
  const scans: ByteScans = new Map();
  const run = await withSource(connection, tools, (source) =>
    openNewRun(newRun(request, tools), tools, async (inbound) => {
      const claimed = await claimDrop(found.files, source, inbound, scans);
      return request.lane ? claimed.map(({ listed: _, ...file }) => file) : claimed;
    }),
  );
  return { kind: 'taken', run: { ...run, scans } };
}

async function withSource<Answer>(
  connection: LoadedConnection,
  tools: RunTools,
  work: (source: Source) => Promise<Answer>,
): Promise<Answer> {
  const source = await tools.openSource(connection);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** What else is wrong with the destination, the report of the run says. */
async function expectReachable(connection: LoadedConnection, tools: RunTools): Promise<void> {
  try {
    await reachDestination(connection, tools);
  } catch (thrown) {
    if (CATALOGUE[asAppError(thrown).code].exit === CATALOGUE.host_unreachable.exit) throw thrown;
  }
}

async function takeNamed(
  request: RunRequest,
  named: ReadonlyMap<string, string>,
  tools: RunTools,
): Promise<Taken> {
  refuseIncomplete(request.connection, named);
  if (!request.dryRun) await expectReachable(request.connection, tools);
  const scans: ByteScans = new Map();
  const claim = (inbound: string) => claimNamed(named, inbound, scans);
  const run = await openNewRun(newRun(request, tools), tools, claim);
  return { kind: 'taken', run: { ...run, scans } };
}

/** Only of a drop that is to stay there: one that was removed and lies there again was put there again. */
async function wasCarried(
  { name, settings }: LoadedConnection,
  files: ReadonlyMap<string, ListedFile>,
  tools: RunTools,
): Promise<boolean> {
  if (settings.source.after !== 'leave') return false;
  return isSameDrop(await readLastDrop(tools.archivePath, name), [...files.values()]);
}

function newRun(request: RunRequest, tools: RunTools) {
  return { ...request, businessDate: businessDateOf(request, tools) };
}

function businessDateOf({ connection, businessDate }: RunRequest, tools: RunTools): string {
  if (businessDate !== undefined) return businessDate;
  return runDayOf(tools.clock.now(), tools.zone, connection.settings.eligibility.school_year_starts).date;
}

/** Files by name are a drop like any other: each is one of the connection's, and the required ones are there. */
function refuseIncomplete(connection: LoadedConnection, named: ReadonlyMap<string, string>): void {
  const files = filesThatCome(connection.settings.files);
  const known = Object.keys(files);
  for (const name of named.keys()) {
    if (!Object.hasOwn(files, name))
      throw new AppError(
        'usage',
        `The connection ${connection.name} has no file ${name}; it has ${known.join(', ')}`,
        { hint: 'Write --file NAME=PATH with one of these names.' },
      );
  }
  const missing = Object.entries(files)
    .filter(([name, file]) => file.required && !named.has(name))
    .map(([name]) => name);
  if (missing.length > 0)
    throw new AppError(
      'usage',
      `The drop is not whole without ${missing.join(', ')}: name each with --file NAME=PATH`,
    );
}
