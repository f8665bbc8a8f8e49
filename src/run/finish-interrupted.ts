import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import { lockConnection } from '../ledger/connection-lock.ts';
import type { Report } from '../report/schema.ts';
import { enterConnection } from './enter-connection.ts';
import { keepHeapSmall } from './keep-heap-small.ts';
import { resumeRuns } from './resume-runs.ts';
import type { RunTools } from './run-tools.ts';
import { settleLastRun } from './settle-last-run.ts';

/** What a start does first for each connection; answers the reports of the runs that it finished. A run that waits for a person, or is another's work, is no fault. */
export async function finishInterrupted(connection: LoadedConnection, tools: RunTools): Promise<Report[]> {
  keepHeapSmall();
  try {
    using _lock = lockConnection(tools.archivePath, connection.name);
    await enterConnection(connection, tools);
    const finished = await resumeRuns(connection, tools);
    await settleLastRun(connection, tools);
    return finished;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'open_run' || error.code === 'already_running'))
      return [];
    throw error;
  }
}
