import { join } from 'node:path';
import { connectionFolder, isRun, MONTH, YEAR } from './layout.ts';
import { byCode, isThere, readEntries } from './read-entries.ts';
import type { SealedFolder } from './sealed-folders.ts';

/**
 * Sealed folders of a connection, the newest business month first and within it the newest run. Months are listed only
 * when they are asked for: whoever wants a few runs of a long history pays for a few.
 */
export function newestFolders(archive: string, connection: string): AsyncGenerator<SealedFolder> {
  return newestLinks(archive, connection, isRun);
}

/** The same of any links of the chain. @param since yyyy-MM: no month before it is listed */
export async function* newestLinks(
  archive: string,
  connection: string,
  isMeant: (name: string) => boolean,
  since = '',
): AsyncGenerator<SealedFolder> {
  const root = connectionFolder(archive, connection);
  if (!(await isThere(root))) return;
  for (const year of await foldersIn(root, YEAR))
    for (const month of await foldersIn(join(root, year), MONTH)) {
      if (`${year}-${month}` < since) return;
      for (const run of await foldersIn(join(root, year, month), SEALED))
        if (isMeant(run)) yield { connection, run, path: join(root, year, month, run) };
    }
}

const SEALED = /^[^.]/;

async function foldersIn(path: string, names: RegExp): Promise<string[]> {
  const entries = await readEntries(path);
  return entries
    .filter((entry) => entry.isDirectory() && names.test(entry.name))
    .map((entry) => entry.name)
    .toSorted((one, other) => byCode(other, one));
}
