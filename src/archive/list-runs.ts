import { join } from 'node:path';
import { dryFolder, isRun, openFolder, whyUnusable } from './layout.ts';
import { parseJson } from './manifest.ts';
import { byCode, isThere } from './read-entries.ts';
import { readText } from './read-text.ts';
import { type RunSummary, summarySchema } from './schema.ts';
import { listConnections, listSealedFolders, type SealedFolder } from './sealed-folders.ts';

export interface SealedRun extends SealedFolder {
  /** Undefined where report.json is gone or broken: the run is still listed. */
  summary: RunSummary | undefined;
}

/** Sealed runs, newest first; a report is read when its run is asked for, so that a long history costs nothing. */
export async function* listSealedRuns(archive: string, connection?: string): AsyncGenerator<SealedRun> {
  const connections = connection === undefined ? await listConnections(archive) : [connection];
  const folders: SealedFolder[] = [];
  for (const name of connections)
    folders.push(...(await listSealedFolders(archive, name)).filter(({ run }) => isRun(run)));
  // Names of runs begin with their instant; the folder is that of the business date, which may be another day.
  for (const folder of folders.toSorted((one, other) => byCode(other.run, one.run)))
    yield { ...folder, summary: await readSummary(folder.path) };
}

/** What a list shows of the run in this folder, open or sealed; undefined where it has no report that can be understood. */
export async function readSummary(folder: string): Promise<RunSummary | undefined> {
  const path = join(folder, 'report.json');
  if (!(await isThere(path))) return undefined;
  return summarySchema.safeParse(parseJson(await readText(path))).data;
}

export interface FoundRun {
  run: string;
  path: string;
  place: 'open' | 'dry' | 'sealed';
}

/** Where a run lies, or undefined where the archive has none of this id. */
export async function findRun(archive: string, run: string): Promise<FoundRun | undefined> {
  if (whyUnusable(run) !== undefined) return undefined;
  const open = openFolder(archive, run);
  if (await isThere(open)) return { run, path: open, place: 'open' };
  const dry = dryFolder(archive, run);
  if (await isThere(dry)) return { run, path: dry, place: 'dry' };
  for (const connection of await listConnections(archive)) {
    const folders = await listSealedFolders(archive, connection);
    const found = folders.find((folder) => folder.run === run);
    if (found) return { run, path: found.path, place: 'sealed' };
  }
  return undefined;
}
