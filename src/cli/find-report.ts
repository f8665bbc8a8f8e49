import { openFolder, whyUnusable } from '../archive/layout.ts';
import { findRun } from '../archive/list-runs.ts';
import { AppError } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import type { Report } from '../report/schema.ts';
import { readReport } from '../run/read-report.ts';

export interface FoundReport {
  report: Report;
  folder: string;
}

/** The report of a run, sealed or still open. Throws unknown_run. */
export async function findReport(archivePath: string, run: string): Promise<FoundReport> {
  // What cannot be the name of a run was mistyped, and is no fault of a drop.
  if (whyUnusable(run) !== undefined)
    throw new AppError('unknown_run', `${JSON.stringify(run)} cannot be the id of a run`);
  const folder = (await findRun(archivePath, run))?.path ?? openFolder(archivePath, run);
  try {
    return { report: await readReport(folder), folder };
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    throw new AppError('unknown_run', `There is no run ${run} in ${archivePath}`, { cause: error });
  }
}
