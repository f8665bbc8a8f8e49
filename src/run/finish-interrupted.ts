import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import { lockConnection } from '../ledger/connection-lock.ts';
import { clearSource } from './clear-source.ts';
import { resumeRuns } from './resume-runs.ts';
import type { RunTools } from './run-tools.ts';

/** What a start does first for each connection. A run that waits for a person, or is another's work, is no fault. */
export async function finishInterrupted(connection: LoadedConnection, tools: RunTools): Promise<void> {
  try {
    using _lock = lockConnection(tools.archivePath, connection.name);
    await resumeRuns(connection, tools);
    await clearSource(connection, tools);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'open_run' || error.code === 'already_running')) return;
    throw error;
  }
}
