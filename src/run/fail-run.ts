import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError } from '../errors/app-error.ts';
import { FILE_MODE } from '../files/write-whole.ts';
import { changesHeader } from '../report/changes-csv.ts';
import { exceptionsHeader } from '../report/exceptions-csv.ts';
import type { Report } from '../report/schema.ts';
import { noteStaged } from './clear-destination.ts';
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

/** A person decided that the run goes nowhere; `known` has the decision. What had arrived before stays there, and is named. */
export async function cancelRun(run: OpenRun, tools: RunTools, known: Report): Promise<void> {
  const arrived = run.record.shipment.filter(({ deliveredAt }) => deliveredAt !== '');
  const notices = arrived.map(({ file, deliveredAt }) => ({
    code: 'arrived_before_cancel',
    message: `${file} had arrived at ${deliveredAt}, before the run was cancelled. It was not taken back, and the next run is not held against it.`,
  }));
  const all = [...(known.notices ?? []), ...notices];
  // A run that was held because a file cannot be known may have left others under their temporary names.
  if (run.record.before) await noteStaged(run, tools);
  await endUndelivered(run, tools, { ...known, ...(all.length > 0 && { notices: all }) }, 'cancelled');
}

async function endUndelivered(
  run: OpenRun,
  tools: RunTools,
  known: Report,
  outcome: 'failed' | 'cancelled' = 'failed',
): Promise<void> {
  // Where the disk is full, this makes room for the report. Drafts that may still go out stay until the run has ended.
  if (run.record.state === 'claimed' || run.record.state === 'drafted') await removeDrafts(run);
  await completeFiles(run);
  const totals = Object.entries(known.totals).map(([name, one]) => [name, { ...one, delivered: 0 }] as const);
  await writeReport(run, {
    ...known,
    run: { ...known.run, outcome, finished_at: now(tools) },
    outputs: [],
    totals: Object.fromEntries(totals),
  });
  await advance(run, outcome, { outputs: [], shipment: [], memoryBytes: 0 });
}

/** Of a run that goes nowhere. May be called twice. */
export async function removeDrafts({ folder }: OpenRun): Promise<void> {
  await rm(folder.outbound, { recursive: true, force: true });
}

/** A run that failed before it read a row has both files all the same, so that who reads archives need not ask. */
async function completeFiles({ folder }: OpenRun): Promise<void> {
  for (const [name, header] of [
    ['exceptions.csv', exceptionsHeader],
    ['changes.csv', changesHeader],
  ] as const) {
    const path = join(folder.path, name);
    // Where the disk is what failed, the report matters more than an empty table.
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) await writeFile(path, header, { mode: FILE_MODE }).catch(() => undefined);
  }
}
