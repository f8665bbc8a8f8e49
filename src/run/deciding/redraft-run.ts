import { rm } from 'node:fs/promises';
import { makeFolder } from '../../files/write-whole.ts';
import type { Decision, Report } from '../../report/schema.ts';
import { carryRun } from '../carry-run.ts';
import { advance, type OpenRun } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * Drafts the drop of a held run again, with what was decided about its records since; the ledger remembers that
 * already. The run is held again, so that its approval is for the new drafts.
 * @param decisions for the report, with who, when and why
 */
export async function redraftRun(
  run: OpenRun,
  tools: RunTools,
  decisions: readonly Decision[],
): Promise<Report> {
  // Another name may be due by now, and the old draft must not lie beside the new one.
  await rm(run.folder.outbound, { recursive: true, force: true });
  await makeFolder(run.folder.outbound);
  const known = run.record.decisions ?? [];
  await advance(run, 'claimed', { outputs: [], shipment: [], decisions: [...known, ...decisions] });
  return carryRun(run, tools);
}
