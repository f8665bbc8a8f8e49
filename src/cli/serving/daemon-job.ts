import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Job, LookResult } from '../../daemon/job.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';
import type { Report } from '../../report/schema.ts';
import { listReports } from '../../run/list-reports.ts';
import { runConnection } from '../../run/run-connection.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { durationMs } from '../../time/duration.ts';
import type { Trigger } from '../../vocabulary/run.ts';
import { openPauseWatch, type PauseWatch } from './pause-watch.ts';

/** A folder of this machine costs nothing to look at; a host is logged into. */
const LOCAL_POLL_MS = 5000;
const REMOTE_POLL_MS = 10_000;

/** Who wants to know what a look came to. */
export type AfterLook = (looked: {
  connection: string;
  /** Why the connection could not be carried; undefined where it could. */
  trouble: AppError | undefined;
  /** A run was carried, or an interrupted one finished. */
  hasRun: boolean;
}) => void;

/** What the daemon does for one connection, and when. */
export function openDaemonJob(connection: LoadedConnection, tools: RunTools, afterLook: AfterLook): Job {
  const { schedule, source } = connection.settings;
  const { name } = connection;
  const isLocal = source.type === 'local';
  const pollMs = 'every' in schedule ? durationMs(schedule.every) : isLocal ? LOCAL_POLL_MS : REMOTE_POLL_MS;
  const pause = openPauseWatch(connection, tools);
  return {
    name,
    schedule,
    zone: tools.zone,
    pollMs,
    ...(isLocal ? { watchFolder: source.path } : {}),
    lookedUntil: () => firstDueAfter(connection, tools),
    noteLooked: async (atMs) => (await tools.ledger()).service.noteLooked(name, atMs),
    look: (trigger) => lookAndNote({ connection, pause, tools, afterLook }, trigger),
  };
}

/**
 * After which instant a due time of a cron schedule counts as missed: the last look, or the start of the last run, whichever was
 * later. Where there was neither, now: who starts for the first time has missed nothing.
 */
async function firstDueAfter(connection: LoadedConnection, tools: RunTools): Promise<number> {
  const { archivePath, clock } = tools;
  const known: number[] = [];
  try {
    const { lookedUntilMs } = await (await tools.ledger()).service.schedule(connection.name);
    if (lookedUntilMs !== undefined) known.push(lookedUntilMs);
    for await (const { report } of listReports(archivePath, connection.name)) {
      known.push(Date.parse(report.run.started_at));
      break;
    }
  } catch (thrown) {
    reportTrouble(tools, connection, asAppError(thrown));
  }
  if (known.length > 0) return Math.max(...known);
  const nowMs = clock.now();
  await noteLook(connection, nowMs, tools);
  return nowMs;
}

interface Looked {
  connection: LoadedConnection;
  pause: PauseWatch;
  tools: RunTools;
  afterLook: AfterLook;
}

/** A look that ended in trouble has not done its duty: a due time is noted as seen only once it was looked after. */
async function lookAndNote(looked: Looked, trigger: Trigger): Promise<LookResult> {
  const { connection, pause, tools } = looked;
  const begunMs = tools.clock.now();
  const result: LookResult = pause.isStopped(begunMs) ? { kind: 'done' } : await lookOnce(looked, trigger);
  if (result.kind !== 'trouble' && 'cron' in connection.settings.schedule)
    await noteLook(connection, begunMs, tools);
  return result;
}

async function noteLook({ name }: LoadedConnection, atMs: number, tools: RunTools): Promise<void> {
  try {
    await (await tools.ledger()).service.noteLooked(name, atMs);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { connection: name, code, message },
      'the look could not be noted; a restart may look once more',
    );
  }
}

/** One look: carries the drop that is there, if one is. Whatever fails is logged; the daemon lives on. */
async function lookOnce({ connection, tools, afterLook }: Looked, trigger: Trigger): Promise<LookResult> {
  const { name, settings } = connection;
  try {
    if (await isSwitchedOff(connection, tools)) return { kind: 'done' };
    const answer = await runConnection({ connection, trigger, dryRun: false, onlyNew: true }, tools);
    for (const report of answer.finished) logReport(tools, report);
    const isRun = answer.kind === 'ran';
    if (isRun) logReport(tools, answer.report, answer.folder);
    if (isRun && settings.environment === 'sandbox') await switchOff(connection, answer.report.run.id, tools);
    afterLook({ connection: name, trouble: undefined, hasRun: isRun || answer.finished.length > 0 });
    return { kind: 'done' };
  } catch (thrown) {
    return afterTrouble({ connection, tools, afterLook }, asAppError(thrown));
  }
}

/** A sandbox connection runs once; `rosterferry wake` switches its schedule on again. */
export async function isSwitchedOff(connection: LoadedConnection, tools: RunTools): Promise<boolean> {
  if (connection.settings.environment !== 'sandbox') return false;
  const { offSince } = await (await tools.ledger()).service.schedule(connection.name);
  return offSince !== undefined;
}

async function switchOff({ name }: LoadedConnection, run: string, tools: RunTools): Promise<void> {
  await (await tools.ledger()).service.switchOff(name, run);
  tools.logger.info(
    { connection: name, run },
    `the schedule of this sandbox connection is switched off; rosterferry wake ${name} switches it on`,
  );
}

function afterTrouble({ connection, tools, afterLook }: Omit<Looked, 'pause'>, error: AppError): LookResult {
  const { code } = error;
  // What was at work is finished by the next start; nothing is wrong.
  if (tools.signal.aborted) return { kind: 'trouble', code: 'stopped', isFinal: false };
  // A due time is not to be lost to a preview that was at work.
  const isSoon = !('cron' in connection.settings.schedule);
  if (code === 'already_running' && !isSoon) return { kind: 'trouble', code, isFinal: false };
  // Waiting for a person, or for another process, is no trouble: the next look asks again.
  const isWaiting = code === 'open_run' || code === 'already_running';
  afterLook({ connection: connection.name, trouble: isWaiting ? undefined : error, hasRun: false });
  if (isWaiting) return { kind: 'done' };
  reportTrouble(tools, connection, error);
  return { kind: 'trouble', code, isFinal: isFinalTrouble(error) };
}

/** What only a person can mend; asking again soon would lock the account. */
export function isFinalTrouble({ code }: AppError): boolean {
  return code === 'login_refused' || code === 'host_key_changed';
}

/** The outcome of a run: an error where a person has to look. */
export function logReport({ logger }: RunTools, { run, totals, error }: Report, folder?: string): void {
  const fields = {
    connection: run.connection,
    run: run.id,
    outcome: run.outcome,
    ...(folder === undefined ? {} : { folder }),
    totals,
    ...(error ? { code: error.code, message: error.message, hint: error.hint, place: error.place } : {}),
  };
  if (run.outcome === 'failed' || run.outcome === 'held') logger.error(fields, `run ${run.outcome}`);
  else logger.info(fields, `run ${run.outcome}`);
}

export function reportTrouble({ logger }: RunTools, connection: LoadedConnection, error: AppError): void {
  const { code, message, hint } = error;
  logger.error({ connection: connection.name, code, message, hint }, 'the connection could not be carried');
}
