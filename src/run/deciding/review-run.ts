import { findRun } from '../../archive/list-runs.ts';
import { listOpenRuns } from '../../archive/run-folder.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError } from '../../errors/app-error.ts';
import { lockConnection } from '../../ledger/connection-lock.ts';
import type { Decision, Report } from '../../report/schema.ts';
import { compileQuestions, type Questions } from '../../review/compile-questions.ts';
import type { TakenDecision } from '../../review/gather-decisions.ts';
import { type SheetNotice, takeDecisions } from '../../review/take-decisions.ts';
import { type RecordDecision, studentOf, WHO_FIELD } from '../../vocabulary/memory.ts';
import type { Outcome } from '../../vocabulary/run.ts';
import { enterConnection } from '../enter-connection.ts';
import { type OpenRun, reopenRun } from '../open-run.ts';
import { readReport } from '../read-report.ts';
import { now, type RunTools } from '../run-tools.ts';
import { readReview } from './read-review.ts';
import { readSheet } from './read-sheet.ts';
import { redraftRun } from './redraft-run.ts';

export interface ImportRequest {
  run: string;
  /** The filled sheet. */
  path: string;
  /** How errors name it; by its path where this is left out. */
  shown?: string;
  by: string;
  /** For rows that give none. */
  reason: string;
}

export interface ImportAnswer {
  /** The report of the run as it is now. */
  report: Report;
  /** New, or other than what was decided before. */
  taken: readonly TakenDecision[];
  /** In the sheet, and in force already. */
  restatedCount: number;
  notices: readonly SheetNotice[];
  /** Questions of the sheet's run that are still to be answered. */
  openCount: number;
  /** The decisions are in what the run holds; where not, they count from the next run on. */
  isDraftedAgain: boolean;
}

/** What a run asks and what was answered. `report` is that of the run. */
export async function openQuestions(
  report: Report,
  folderPath: string,
  tools: Pick<RunTools, 'ledger' | 'sealing'>,
): Promise<Questions> {
  const entries = await readReview(folderPath, tools.sealing?.unseal);
  const ledger = await tools.ledger();
  return compileQuestions({
    run: report.run.id,
    startedAt: report.run.started_at,
    entries,
    decisions: await ledger.decisions(report.run.connection),
  });
}

/** Those that wait: all of a held run, the open records of a delivered one, and of one that was given up, none. */
export function waitingOf(questions: Questions, outcome: Outcome): Questions {
  if (outcome === 'held' || outcome === 'dry_run') return questions;
  const isSealed = outcome === 'delivered' || outcome === 'nothing_to_deliver';
  return { ...questions, asked: questions.asked.filter(({ item }) => isSealed && item.choices.length > 0) };
}

/**
 * Takes a filled sheet: every decision, or none where a cell is wrong. May be called again with the same sheet.
 * Throws not_held where nothing waits, already_running, review_unreadable and what takeDecisions throws.
 */
export async function importReview(
  connection: LoadedConnection,
  request: ImportRequest,
  tools: RunTools,
): Promise<ImportAnswer> {
  using _lock = lockConnection(tools.archivePath, connection.name);
  await enterConnection(connection, tools);
  const { open, report, folder } = await findWaitingRun(connection, request.run, tools);
  const questions = await openQuestions(report, folder, tools);
  const sheet = await readSheet(request.path, request.shown);
  const reviewer = { by: request.by, at: now(tools), reason: request.reason };
  const { taken, restated, notices, openCount } = takeDecisions(sheet, questions, reviewer);
  const ledger = await tools.ledger();
  const undrafted = (await ledger.decisions(connection.name)).filter((one) => isUndrafted(one, report));
  for (const { before: _before, after: _after, ...decision } of taken)
    await ledger.decide(connection.name, decision);
  const answer = { taken, restatedCount: restated.length, notices, openCount };
  const toDraft = [...undrafted.map(asTaken), ...taken];
  // What was sent, or may have been, is not drafted anew: it would go out twice, or differ from what is there already.
  if (!open || open.record.before || toDraft.length === 0)
    return { ...answer, report, isDraftedAgain: false };
  return { ...answer, report: await redraftRun(open, tools, toDraft.map(entryOf)), isDraftedAgain: true };
}

interface WaitingRun {
  /** Undefined where the run is sealed, and only records of it wait. */
  open: OpenRun | undefined;
  report: Report;
  folder: string;
}

async function findWaitingRun(
  connection: LoadedConnection,
  id: string,
  tools: RunTools,
): Promise<WaitingRun> {
  const folder = (await listOpenRuns(tools.archivePath, connection.name)).find((one) => one.run === id);
  if (folder) {
    const open = await reopenRun(folder, connection);
    if (open.record.state !== 'held') throw waitsForNothing(id, `is ${open.record.state}`);
    return { open, report: await readReport(folder.path), folder: folder.path };
  }
  const sealed = await findRun(tools.archivePath, id);
  if (!sealed) throw new AppError('unknown_run', `There is no run ${id} in ${tools.archivePath}`);
  const report = await readReport(sealed.path);
  const { outcome } = report.run;
  if (outcome !== 'delivered' && outcome !== 'nothing_to_deliver')
    throw waitsForNothing(id, OUTCOMES[outcome]);
  return { open: undefined, report, folder: sealed.path };
}

const OUTCOMES = {
  held: 'is being carried',
  failed: 'failed',
  cancelled: 'was cancelled',
  dry_run: 'was a dry run',
} as const;

function waitsForNothing(id: string, what: string): AppError {
  return new AppError('not_held', `The run ${id} ${what}, so nothing of it waits for a decision`);
}

/**
 * A decision that is remembered and not in the report: it fell between remembering and drafting again. One import has
 * one instant.
 */
function isUndrafted(decision: RecordDecision, report: Report): boolean {
  return (
    Date.parse(decision.at) >= Date.parse(report.run.started_at) &&
    !report.decisions.some(({ at }) => at === decision.at)
  );
}

function asTaken(decision: RecordDecision): TakenDecision {
  const { choice, value, about } = decision;
  return { ...decision, before: about, after: choice === 'value' ? value : choice };
}

/** As the report of the run has it. */
function entryOf({ choice, by, at, reason, file, id, field, before, after }: TakenDecision): Decision {
  return {
    decision: choice === 'value' ? 'corrected' : choice,
    ...{ by, at, file, student_id: studentOf(id), before, after },
    ...(reason !== '' && { reason }),
    ...(field !== '' && field !== WHO_FIELD && { field }),
  };
}
