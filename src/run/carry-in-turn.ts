import { RunFolder } from '../archive/run-folder.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { Report } from '../report/schema.ts';
import { carryRun } from './carry-run.ts';
import { type OpenRun, reopenRun } from './open-run.ts';
import type { Carried, RunTools } from './run-tools.ts';

/** Carries a run when it is its turn, here or where the lanes of the tools say. */
export async function carryInTurn(run: OpenRun, tools: RunTools): Promise<Report> {
  const { lanes } = tools;
  if (!lanes) return carryRun(run, tools);
  const { connection, record } = run;
  const sizeBytes = record.claimed.reduce((sum, file) => sum + file.sizeBytes, 0);
  const asked = { run: record.facts.id, connection, sizeBytes };
  const { report, path, state } = await lanes.carry(asked, () => carryHere(run, tools));
  run.record = { ...run.record, state };
  run.folder.movedTo(path);
  return report;
}

/** The other end of a lane: the run from its folder alone, as after a restart. Who asks holds the lock of the connection. */
export async function carryByName(
  connection: LoadedConnection,
  run: string,
  tools: RunTools,
): Promise<Carried> {
  const folder = new RunFolder(tools.archivePath, run, { dry: false });
  return carryHere(await reopenRun(folder, connection), tools);
}

async function carryHere(run: OpenRun, tools: RunTools): Promise<Carried> {
  const report = await carryRun(run, tools);
  return { report, path: run.folder.path, state: run.record.state };
}
