import type { LoadedConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { Job, LookResult } from '../daemon/job.ts';
import { readLookedUntil, writeLookedUntil } from '../daemon/looked-until.ts';
import { type AppError, asAppError } from '../errors/app-error.ts';
import type { Report } from '../report/schema.ts';
import { listReports } from '../run/list-reports.ts';
import { runConnection } from '../run/run-connection.ts';
import type { RunTools } from '../run/run-tools.ts';
import { durationMs } from '../time/duration.ts';
import type { Trigger } from '../vocabulary/run.ts';
import { openPauseWatch, type PauseWatch } from './pause-watch.ts';

/** A folder of this machine costs nothing to look at; a host is logged into. */
const LOCAL_POLL_MS = 5000;
const REMOTE_POLL_MS = 10_000;

/** What the daemon does for one connection, and when. */
export async function openDaemonJob(
  connection: LoadedConnection,
  config: LoadedConfig,
  tools: RunTools,
): Promise<Job> {
  const { schedule, source } = connection.settings;
  const isLocal = source.type === 'local';
  const pollMs = 'every' in schedule ? durationMs(schedule.every) : isLocal ? LOCAL_POLL_MS : REMOTE_POLL_MS;
  const lookedUntilMs = 'cron' in schedule ? await firstDueAfter(connection, tools) : undefined;
  const pause = openPauseWatch(connection, tools);
  return {
    name: connection.name,
    schedule,
    zone: config.settings.timezone,
    pollMs,
    ...(isLocal ? { watchFolder: source.path } : {}),
    ...(lookedUntilMs === undefined ? {} : { lookedUntilMs }),
    look: (trigger) => lookAndNote({ connection, pause, tools }, trigger),
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
    const looked = await readLookedUntil(archivePath, connection.name);
    if (looked !== undefined) known.push(looked);
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
}

/** A look that ended in trouble has not done its duty: a due time is noted as seen only once it was looked after. */
async function lookAndNote({ connection, pause, tools }: Looked, trigger: Trigger): Promise<LookResult> {
  const begunMs = tools.clock.now();
  const result: LookResult = pause.isStopped(begunMs)
    ? { kind: 'done' }
    : await lookOnce(connection, trigger, tools);
  if (result.kind !== 'trouble' && 'cron' in connection.settings.schedule)
    await noteLook(connection, begunMs, tools);
  return result;
}

async function noteLook({ name }: LoadedConnection, atMs: number, tools: RunTools): Promise<void> {
  try {
    await writeLookedUntil(tools.archivePath, name, atMs);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { connection: name, code, message },
      'the look could not be noted; a restart may look once more',
    );
  }
}

/** One look: carries the drop that is there, if one is. Whatever fails is logged; the daemon lives on. */
async function lookOnce(
  connection: LoadedConnection,
  trigger: Trigger,
  tools: RunTools,
): Promise<LookResult> {
  try {
    const answer = await runConnection({ connection, trigger, dryRun: false, onlyNew: true }, tools);
    for (const report of answer.finished) logReport(tools, report);
    if (answer.kind !== 'ran') return { kind: 'done' };
    logReport(tools, answer.report, answer.folder);
    if (connection.settings.environment === 'sandbox')
      return { kind: 'retire', why: 'a sandbox connection runs once' };
    return { kind: 'done' };
  } catch (thrown) {
    return afterTrouble(connection, asAppError(thrown), tools);
  }
}

function afterTrouble(connection: LoadedConnection, error: AppError, tools: RunTools): LookResult {
  const { code } = error;
  // What was at work is finished by the next start; nothing is wrong.
  if (tools.signal.aborted) return { kind: 'trouble', code: 'stopped', isFinal: false };
  // A due time is not to be lost to a preview that was at work.
  const isSoon = !('cron' in connection.settings.schedule);
  if (code === 'already_running' && !isSoon) return { kind: 'trouble', code, isFinal: false };
  // Waiting for a person, or for another process, is no trouble: the next look asks again.
  if (code === 'open_run' || code === 'already_running') return { kind: 'done' };
  reportTrouble(tools, connection, error);
  return { kind: 'trouble', code, isFinal: code === 'login_refused' || code === 'host_key_changed' };
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
