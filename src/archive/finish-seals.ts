import { AppError } from '../errors/app-error.ts';
import { sealedFolder } from './layout.ts';
import { isThere } from './read-entries.ts';
import { clearStatesAside, listStatesAside, readRunState } from './run-folder.ts';
import { sealedStateSchema } from './schema.ts';
import { sealRun } from './seal-run.ts';

/**
 * Makes good a crash that came between the rename that seals a run and the end of the seal: writes head.json, and
 * clears the state that lies aside. To be called while the lock of the connection is held, before its open runs are
 * looked at. Changes nothing where nothing was left; throws local_io.
 */
export async function finishSeals(archive: string, connection: string): Promise<void> {
  for (const folder of await listStatesAside(archive, connection)) {
    const state = sealedStateSchema.safeParse(await readRunState(folder)).data;
    if (!state)
      throw new AppError('local_io', `The state of the run ${folder.run} does not say which run it is`);
    const { facts } = state;
    if (facts.connection !== connection) continue;
    // The instant of the seal stands in the folder already; what is left does not ask for it.
    if (await isThere(sealedFolder(archive, facts))) await sealRun(folder, facts, { sealedAt: '' });
    else await clearStatesAside(archive, connection);
  }
}
