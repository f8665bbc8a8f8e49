import { listSealedRuns } from '../archive/list-runs.ts';
import { listOpenRuns } from '../archive/run-folder.ts';
import { errnoOf } from '../files/disk-error.ts';
import type { Report } from '../report/schema.ts';
import { readReport } from './read-report.ts';

export interface ListedReport {
  report: Report;
  folder: string;
  isOpen: boolean;
}

/** Reports of open and sealed runs, newest first; read one by one, so that who wants few pays for few. */
export async function* listReports(archivePath: string, connection?: string): AsyncGenerator<ListedReport> {
  yield* await openReports(archivePath, connection);
  for await (const { path } of listSealedRuns(archivePath, connection)) {
    const report = await readIfThere(path);
    // Retention may have destroyed it; whoever lists reports has nothing to say of it then.
    if (report) yield { report, folder: path, isOpen: false };
  }
}

/** An open run has a report once it was drafted; before that there is nothing to say but that it is at work. */
export async function openReports(archivePath: string, connection?: string): Promise<ListedReport[]> {
  const found: ListedReport[] = [];
  for (const { path } of await listOpenRuns(archivePath)) {
    const report = await readIfThere(path);
    if (report && (connection === undefined || report.run.connection === connection))
      found.push({ report, folder: path, isOpen: true });
  }
  return found.reverse();
}

async function readIfThere(folder: string): Promise<Report | undefined> {
  try {
    return await readReport(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
