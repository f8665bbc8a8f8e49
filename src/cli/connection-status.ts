import { listOpenRuns, readRunState } from '../archive/run-folder.ts';
import { listConnections } from '../archive/sealed-folders.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { findLateDay } from '../daemon/is-late.ts';
import { nextDue } from '../daemon/next-due.ts';
import { type Pause, pauseOn } from '../reconcile/pause.ts';
import type { Report } from '../report/schema.ts';
import { listReports } from '../run/list-reports.ts';
import type { RunRecord } from '../run/open-run.ts';
import { addDays } from '../time/calendar-date.ts';
import { runDayOf } from '../time/run-day.ts';
import { whenShown } from '../time/wall-time.ts';
import { type AnswerStatus, findAnswer } from './find-answer.ts';
import { findStaleDrop, type StaleDrop } from './find-stale-drop.ts';

/** All that `status` knows of one connection. */
export interface ConnectionStatus {
  connection: LoadedConnection;
  /** Of the last run, sealed or held. */
  last: Report | undefined;
  /** ISO 8601; null where the schedule follows the drops, or nothing is scheduled. */
  nextDue: string | null;
  open: OpenRunStatus | undefined;
  /** A pause that is in force. */
  pause: Pause | undefined;
  /** The day whose drop is owed, yyyy-MM-dd. */
  lateDay: string | undefined;
  /** Undefined where no answers are expected. */
  answer: AnswerStatus | undefined;
  /** A drop that was older than `expect.newer_than` when it was taken. */
  stale: StaleDrop | undefined;
}

export interface OpenRunStatus {
  id: string;
  /** `held`, or `open`: at work, or interrupted. */
  outcome: string;
  heldReasons: readonly string[];
}

/** Throws local_io where the archive cannot be read: that is never taken for an archive without runs. */
export async function readStatus(config: LoadedConfig, nowMs: number): Promise<ConnectionStatus[]> {
  await listConnections(config.settings.archive.path);
  const connections = [...config.connections.values()];
  return Promise.all(connections.map((connection) => statusOf(connection, config, nowMs)));
}

export async function statusOf(
  connection: LoadedConnection,
  { settings: { archive, timezone } }: Pick<LoadedConfig, 'settings'>,
  nowMs: number,
): Promise<ConnectionStatus> {
  const { name, settings } = connection;
  const { enabled, schedule, expect } = settings;
  const pauses = settings.pause ?? [];
  let last: Report | undefined;
  for await (const { report } of listReports(archive.path, name)) {
    last = report;
    break;
  }
  const { date, time } = runDayOf(nowMs, timezone, settings.eligibility.school_year_starts);
  const isPaused = (day: string) => pauseOn(day, pauses)?.mode === 'stop';
  const late = findLateDay(expect, { date, time, lastRunDate: last?.run.business_date, isPaused });
  return {
    connection,
    last,
    nextDue: enabled ? nextUnpaused(schedule, timezone, { nowMs, pauses }) : null,
    open: await openRunOf(archive.path, name),
    pause: pauseOn(date, pauses),
    lateDay: enabled ? late : undefined,
    answer: await findAnswer(connection, archive.path, nowMs),
    stale: await findStaleDrop(expect, archive.path, name),
  };
}

async function openRunOf(archivePath: string, connection: string): Promise<OpenRunStatus | undefined> {
  for (const folder of await listOpenRuns(archivePath, connection)) {
    const { facts, state, report } = await readRunState<RunRecord>(folder);
    if (facts.connection !== connection) continue;
    return {
      id: facts.id,
      outcome: state === 'held' ? 'held' : 'open',
      heldReasons: report?.held?.reasons ?? [],
    };
  }
  return undefined;
}

/** A year of pauses, one after the other, is no schedule any more. */
const MOST_PAUSES = 12;

type Schedule = LoadedConnection['settings']['schedule'];
type Pauses = Parameters<typeof pauseOn>[1];

/** What is due while nothing is carried is not due. */
function nextUnpaused(
  schedule: Schedule,
  zone: string,
  { nowMs, pauses }: { nowMs: number; pauses: Pauses },
): string | null {
  let afterMs = nowMs;
  for (let passed = 0; passed <= MOST_PAUSES; passed += 1) {
    const due = nextDue(schedule, zone, afterMs);
    const pause = due === null ? undefined : pauseOn(due.slice(0, 10), pauses);
    if (pause?.mode !== 'stop') return due;
    const over = whenShown({ date: addDays(pause.until, 1), hour: 0, minute: 0, second: 0 }, zone);
    afterMs = (over.kind === 'never' ? over.skippedToMs : over.atMs) - 1;
  }
  return null;
}
