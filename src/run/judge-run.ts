import { AppError } from '../errors/app-error.ts';
import { type Reconciliation, reconcile } from '../reconcile/reconcile.ts';
import { buildReport, type ReportFacts } from '../report/build-report.ts';
import type { Outcome } from '../vocabulary/run.ts';
import type { DraftedDrop } from './assemble-drop.ts';
import type { AssembledFile } from './assemble-file.ts';
import { advance, type OpenRun } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { writeReport } from './write-report.ts';

/** Do the books balance, and may they go out? Drafted to held or released; throws out_of_balance and safeguard. */
export async function judgeRun(
  run: OpenRun,
  tools: RunTools,
  drafted: DraftedDrop & { facts: ReportFacts },
): Promise<void> {
  const { facts, assembled, outputs } = drafted;
  facts.books = new Map(run.record.claimed.flatMap(({ name }) => booksOf(name, assembled)));
  const verdict = reconcile(facts.books, reconcileFacts(run, drafted), run.connection.settings.safeguards);
  const { balanced, imbalances, safeguards, reasons } = verdict;
  Object.assign(facts, { balanced, imbalances, safeguards });
  facts.outputs = outputs.map(({ digest, ...output }) => ({ ...output, ...digest }));
  if (verdict.verdict === 'fail') throw failureOf(verdict);
  const isHeld = verdict.verdict === 'hold';
  const report = buildReport({
    ...facts,
    outcome: outcomeOf(run, isHeld),
    finishedAt: now(tools),
    heldReasons: reasons,
  });
  // A run that goes on has no report yet: what it would say is only true once the files are at the other side.
  if (isHeld || run.record.dryRun) await writeReport(run, report);
  await advance(run, isHeld ? 'held' : 'released', { outputs, report });
}

function outcomeOf(run: OpenRun, isHeld: boolean): Outcome {
  if (run.record.dryRun) return 'dry_run';
  return isHeld ? 'held' : 'nothing_to_deliver';
}

function booksOf(name: string, assembled: readonly AssembledFile[]) {
  const file = assembled.find((one) => one.name === name);
  return file ? [[name, file.books] as const] : [];
}

function reconcileFacts(run: OpenRun, drafted: DraftedDrop) {
  return {
    businessDate: run.record.facts.businessDate,
    deliver: 'full' as const,
    firstRun: true,
    deactivationsSent: new Map<string, number>(),
    outputs: drafted.outputs.map(({ name, rows }) => ({ name, rows })),
    bytes: new Map(run.record.claimed.map((file) => [file.name, file.sizeBytes])),
  };
}

function failureOf(verdict: Reconciliation): AppError {
  const code = verdict.failure ?? 'out_of_balance';
  return new AppError(code, verdict.reasons.join(' '));
}
