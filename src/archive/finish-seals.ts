import { AppError } from '../errors/app-error.ts';
import { clearHalfWritten } from '../files/clear-half-written.ts';
import { connectionFolder, HEAD_FILE, sealedFolder } from './layout.ts';
import { finishPlainAside } from './plain-aside.ts';
import { isThere } from './read-entries.ts';
import { clearStatesAside, listStatesAside, readRunState } from './run-folder.ts';
import { sealedStateSchema } from './schema.ts';
import { sealRun } from './seal-run.ts';
import { clearScratch } from './unseal-files.ts';

/**
 * Makes good a crash that came between the rename that seals a run and the end of the seal: writes head.json, clears
 * the state that lies aside and what was half-written. To be called while the lock of the connection is held, before its open runs are
 * looked at. Changes nothing where nothing was left; throws local_io.
 */
export async function finishSeals(archive: string, connection: string): Promise<void> {
  await clearScratch(archive);
  await finishPlainAside(archive, connection);
  await clearHalfWritten(connectionFolder(archive, connection), (name) => name === HEAD_FILE);
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
