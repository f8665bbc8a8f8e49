import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { makeFolder, writeWhole } from '../files/write-whole.ts';

/** A file that a run staged under a temporary name of its own, and that may still lie at the destination. */
export interface StagedName {
  run: string;
  name: string;
}

export async function readStagedNames(archivePath: string, connection: string): Promise<StagedName[]> {
  const path = pathOf(archivePath, connection);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return [];
    throw diskError(`Cannot read ${path}`, cause);
  }
}

export async function writeStagedNames(
  archivePath: string,
  connection: string,
  names: readonly StagedName[],
): Promise<void> {
  await makeFolder(join(archivePath, '.state'));
  await writeWhole(pathOf(archivePath, connection), `${JSON.stringify(names)}\n`);
}

function pathOf(archivePath: string, connection: string): string {
  return join(archivePath, '.state', `${connection}.staged.json`);
}
