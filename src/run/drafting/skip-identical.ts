import { findRun } from '../../archive/list-runs.ts';
import { buildReport, type ReportFacts } from '../../report/build-report.ts';
import type { Report } from '../../report/schema.ts';
import { advance, type OpenRun } from '../open-run.ts';
import { readReport } from '../read-report.ts';
import type { RunMemory } from '../run-memory.ts';
import { now, type RunTools } from '../run-tools.ts';
import { writeReport } from '../write-report.ts';

/**
 * Ends a run whose drop is byte for byte the last one that went out, where the connection asks for that. It is sealed
 * as any other, so that it can be seen that a drop came and why nothing was sent.
 */
export async function skipIdentical(
  run: OpenRun,
  tools: RunTools,
  known: { facts: ReportFacts; memory: RunMemory },
): Promise<boolean> {
  if (run.connection.settings.reconcile.on_identical !== 'skip' || run.record.lane) return false;
  const last = await lastCarried(run, tools, known.memory);
  if (!last || !hasSameFiles(run, last) || isDecidedSince(known.memory, last)) return false;
  const message = `The drop is byte for byte that of the run ${last.run.id}, and reconcile.on_identical is skip: nothing was sent.`;
  const report = buildReport({
    ...known.facts,
    outcome: run.record.dryRun ? 'dry_run' : 'nothing_to_deliver',
    finishedAt: now(tools),
    notices: [{ code: 'identical_drop', message }],
  });
  if (run.record.dryRun) await writeReport(run, report);
  if (run.record.state === 'claimed') await advance(run, 'drafted', { memoryBytes: 0 });
  await advance(run, 'released', { outputs: [], shipment: [], memoryBytes: 0, report });
  return true;
}

/** The report of the last run that went to its end; undefined where there is none, or it was purged. */
async function lastCarried(
  run: OpenRun,
  tools: RunTools,
  { ledger }: RunMemory,
): Promise<Report | undefined> {
  for await (const { id, outcome } of ledger.runs(run.connection.name)) {
    if (outcome !== 'delivered' && outcome !== 'nothing_to_deliver') continue;
    const found = await findRun(tools.archivePath, id);
    return found && readReport(found.path);
  }
  return undefined;
}

/** What people decided since is to be sent, and the drop is the one that they decided about. */
function isDecidedSince({ decisions }: RunMemory, { run }: Report): boolean {
  return decisions.some(({ at }) => Date.parse(at) >= Date.parse(run.started_at));
}

function hasSameFiles({ record }: OpenRun, { inputs }: Report): boolean {
  if (inputs.length !== record.claimed.length) return false;
  return record.claimed.every(({ name, sha256 }) =>
    inputs.some((input) => input.name === name && input.sha256 === sha256),
  );
}
