import { rm } from 'node:fs/promises';
import type { AppError } from '../errors/app-error.ts';
import type { Report } from '../report/schema.ts';
import { advance, type OpenRun } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { writeReport } from './write-report.ts';

/** The run ends here, and nothing of it is at the other side: what is known is reported, the drop stays whole. */
export async function failRun(run: OpenRun, tools: RunTools, known: Report, error: AppError): Promise<void> {
  const { code, message, hint, place } = error;
  await endUndelivered(run, tools, {
    ...known,
    error: { code, message, hint, ...(place ? { place: { ...place } } : {}) },
  });
}

/** A person decided that the run goes nowhere; `known` has the decision. */
export async function cancelRun(run: OpenRun, tools: RunTools, known: Report): Promise<void> {
  await endUndelivered(run, tools, known, 'cancelled');
}

async function endUndelivered(
  run: OpenRun,
  tools: RunTools,
  known: Report,
  outcome: 'failed' | 'cancelled' = 'failed',
): Promise<void> {
  await rm(run.folder.outbound, { recursive: true, force: true });
  const totals = Object.entries(known.totals).map(([name, one]) => [name, { ...one, delivered: 0 }] as const);
  await writeReport(run, {
    ...known,
    run: { ...known.run, outcome, finished_at: now(tools) },
    outputs: [],
    totals: Object.fromEntries(totals),
  });
  await advance(run, outcome, { outputs: [] });
}
