import { listOpenRuns, listStrayFolders } from '../archive/run-folder.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import type { Report } from '../report/schema.ts';
import { carryInTurn } from './carry-in-turn.ts';
import { type OpenRun, reopenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Finishes the runs of a connection that a crash or a stop interrupted. The caller holds the connection's lock, so
 * what is open is nobody else's work. Answers their reports. Throws open_run where one waits for a person: it blocks
 * the next.
 */
export async function resumeRuns(connection: LoadedConnection, tools: RunTools): Promise<Report[]> {
  const finished: Report[] = [];
  // A crash while a drop was taken leaves a folder without a state; its drop is still whole at the source.
  for (const stray of await listStrayFolders(tools.archivePath, connection.name)) await stray.discard();
  for (const folder of await listOpenRuns(tools.archivePath, connection.name)) {
    const run = await openIfOurs(folder, connection);
    if (!run) continue;
    const { id } = run.record.facts;
    if (run.record.state !== 'held') {
      tools.logger.info({ run: id, state: run.record.state }, 'finishing an interrupted run');
      finished.push(await carryInTurn(run, tools));
    }
    if (run.record.state === 'held') {
      throw new AppError('open_run', `The run ${id} of ${connection.name} waits for a person`, {
        context: { run: id },
      });
    }
  }
  return finished;
}

async function openIfOurs(
  folder: Awaited<ReturnType<typeof listOpenRuns>>[number],
  connection: LoadedConnection,
): Promise<OpenRun | undefined> {
  const run = await reopenRun(folder, connection);
  return run.record.facts.connection === connection.name ? run : undefined;
}
