import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';
import type { ListedFile } from '../../source/source.ts';

export interface SeenResult extends ListedFile {
  /** It could not be used; a person may have mended since what it was held against. */
  isUnusable?: boolean;
}

/** Result files that were read or could not be used, as they were listed: so that none is fetched again at every look. */
export async function readSeen(archivePath: string, connection: string): Promise<readonly SeenResult[]> {
  const path = pathOf(archivePath, connection);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return [];
    throw diskError(`Cannot read ${path}`, cause);
  }
}

/** @param there what the folder has now: what is gone need not be remembered */
export async function writeSeen(
  archivePath: string,
  connection: string,
  { seen, there }: { seen: readonly SeenResult[]; there: readonly ListedFile[] },
): Promise<void> {
  await makeFolder(join(archivePath, '.state'));
  const kept = seen.filter((file) => there.some((one) => isSameFile(one, file)));
  await writeWhole(pathOf(archivePath, connection), `${JSON.stringify(kept)}\n`);
}

export function isSameFile(one: ListedFile, other: ListedFile): boolean {
  return one.name === other.name && one.sizeBytes === other.sizeBytes && one.modifiedMs === other.modifiedMs;
}

function pathOf(archivePath: string, connection: string): string {
  return join(archivePath, '.state', `${connection}.results.json`);
}
