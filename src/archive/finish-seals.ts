import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { connectionFolder, HEAD_FILE, sealedFolder, TEMPORARY } from './layout.ts';
import { finishPlainAside } from './plain-aside.ts';
import { isThere, readEntries } from './read-entries.ts';
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
  await removeHalfWrittenHeads(connectionFolder(archive, connection));
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

async function removeHalfWrittenHeads(folder: string): Promise<void> {
  if (!(await isThere(folder))) return;
  for (const { name } of await readEntries(folder)) {
    if (!TEMPORARY.test(name) || !name.startsWith(`.${HEAD_FILE}`)) continue;
    try {
      await rm(join(folder, name), { force: true });
    } catch (cause) {
      throw diskError(`Cannot clear ${folder}`, cause);
    }
  }
}
