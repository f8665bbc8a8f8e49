import { basename, dirname, join } from 'node:path';
import { connectionFolder, MONTH, YEAR } from './layout.ts';
import { isThere, readEntries } from './read-entries.ts';

export interface SealedFolder {
  connection: string;
  run: string;
  path: string;
}

/** Connections that have a folder in the archive; none where the archive is not made yet. */
export async function listConnections(archive: string): Promise<string[]> {
  if (!(await isThere(archive))) return [];
  const entries = await readEntries(archive);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

/**
 * Sealed folders of a connection by their names, in no order that means anything.
 * @param isMeant of which months, yyyy-MM of the business date; the others are not even listed
 */
export async function listSealedFolders(
  archive: string,
  connection: string,
  isMeant: (month: string) => boolean = () => true,
): Promise<SealedFolder[]> {
  const root = connectionFolder(archive, connection);
  const found: SealedFolder[] = [];
  if (!(await isThere(root))) return found;
  for (const year of await foldersIn(root, YEAR))
    for (const month of (await foldersIn(year, MONTH)).filter((path) => isMeant(monthOf(path))))
      for (const entry of await readEntries(month))
        if (entry.isDirectory() && !entry.name.startsWith('.'))
          found.push({ connection, run: entry.name, path: join(month, entry.name) });
  return found;
}

function monthOf(path: string): string {
  return `${basename(dirname(path))}-${basename(path)}`;
}

async function foldersIn(path: string, names: RegExp): Promise<string[]> {
  const entries = await readEntries(path);
  return entries
    .filter((entry) => entry.isDirectory() && names.test(entry.name))
    .map((entry) => join(path, entry.name));
}
