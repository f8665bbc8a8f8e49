import { AppError } from '../errors/app-error.ts';
import { syncFolder } from '../files/write-whole.ts';
import { type ReconcileFacts, type Reconciliation, reconcile } from '../reconcile/reconcile.ts';
import { buildReport, type ReportFacts } from '../report/build-report.ts';
import type { Notice, Outcome } from '../vocabulary/run.ts';
import type { DraftedDrop } from './comparing/assemble-drop.ts';
import type { AssembledFile } from './comparing/assemble-file.ts';
import { askAboutRun } from './deciding/ask-about-run.ts';
import { matchHolds, matchNotices } from './matching/book-match.ts';
import { advance, kindOf, type OpenRun } from './open-run.ts';
import type { RunMemory } from './run-memory.ts';
import { now, type RunTools } from './run-tools.ts';
import { writeReport } from './write-report.ts';

export interface DraftedRun extends DraftedDrop {
  /** A sentence: the drop is an accident that was recognised. */
  accident: string | undefined;
  /** Sentences: why the run waits for a person, whatever its books say. */
  holds: readonly string[];
}

export interface JudgedRun extends DraftedRun {
  facts: ReportFacts;
  memory: RunMemory;
}

/** Do the books balance, and may they go out? Drafted to held or released; throws out_of_balance and safeguard. */
export async function judgeRun(run: OpenRun, tools: RunTools, drafted: JudgedRun): Promise<void> {
  const { facts, assembled, outputs, shipment } = drafted;
  facts.books = new Map(run.record.claimed.flatMap(({ name }) => booksOf(name, assembled)));
  const verdict = reconcile(facts.books, reconcileFacts(run, drafted), run.connection.settings.safeguards);
  const { balanced, imbalances, safeguards, reasons } = verdict;
  Object.assign(facts, { balanced, imbalances, safeguards });
  facts.outputs = outputs.map(({ digest, ...output }) => ({ ...output, ...digest, deliveredAt: '' }));
  facts.shipment = shipment;
  const { match } = run.connection.settings.reconcile;
  const remarks = assembled.flatMap((file) => [...matchNotices(file, match), ...remarksOf(file)]);
  facts.notices = [...(facts.notices ?? []), ...remarks];
  facts.waiting = new Map(assembled.map(({ name, waiting }) => [name, waiting]));
  if (verdict.verdict === 'fail') throw failureOf(verdict);
  const isHeld = verdict.verdict === 'hold';
  const report = buildReport({
    ...facts,
    outcome: outcomeOf(run, isHeld),
    finishedAt: now(tools),
    heldReasons: reasons,
  });
  if (isHeld) await askAboutRun(run, verdict);
  // A run that goes on has no report yet: what it would say is only true once the files are at the other side.
  if (isHeld || run.record.dryRun) await writeReport(run, report);
  // From here on nothing is drafted again: the drafts themselves are safe, and so have to be their names.
  await syncFolder(run.folder.outbound);
  await advance(run, isHeld ? 'held' : 'released', { outputs, shipment, report });
}

function outcomeOf(run: OpenRun, isHeld: boolean): Outcome {
  if (run.record.dryRun) return 'dry_run';
  return isHeld ? 'held' : 'nothing_to_deliver';
}

function booksOf(name: string, assembled: readonly AssembledFile[]) {
  const file = assembled.find((one) => one.name === name);
  return file ? [[name, file.books] as const] : [];
}

function reconcileFacts(run: OpenRun, drafted: JudgedRun): ReconcileFacts {
  const { memory, assembled, outputs, accident } = drafted;
  const { claimed, facts, lane, decisions = [] } = run.record;
  const { reconcile: settings } = run.connection.settings;
  return {
    businessDate: facts.businessDate,
    deliver: settings.deliver,
    firstRun: memory.isFirst,
    isPartial: lane !== undefined,
    lastDelivered: new Map([...memory.files].map(([name, { table }]) => [name, table.present()])),
    lastBytes: new Map([...memory.views].flatMap(([name, { bytes }]) => (bytes ? [[name, bytes]] : []))),
    bytes: new Map(claimed.map((file) => [file.name, file.sizeBytes])),
    schools: new Map(
      assembled
        .filter(({ name }) => kindOf(run, name) === 'students')
        .map(({ name, schools }) => [name, schools.read()]),
    ),
    deactivationsSent: new Map(assembled.map((file) => [file.name, file.deactivationsSent])),
    outputs: outputs.map(({ name, rows }) => ({ name, rows })),
    holds: [...drafted.holds, ...matchHolds(assembled), ...(decisions.length > 0 ? [DECIDED] : [])],
    ...(accident !== undefined && { explained: { sentence: accident, safeguards: EXPLAINED } }),
  };
}

const EXPLAINED = ['max_removed', 'max_created', 'max_updated', 'school_gone'] as const;

/** Whoever decides about records has not yet seen what comes of it as a whole. */
const DECIDED =
  'The drop was drafted again with what was decided in a review; approve the run to let it out.';

function remarksOf({ name, remarks }: AssembledFile): Notice[] {
  return [...remarks].map(([sentence, count]) => ({
    code: 'compared',
    message: `${count === 1 ? '1 record' : `${count} records`}: ${sentence}`,
    file: name,
  }));
}

function failureOf(verdict: Reconciliation): AppError {
  const code = verdict.failure ?? 'out_of_balance';
  return new AppError(code, verdict.reasons.join(' '));
}
