import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { makeFolder, writeWhole } from '../files/write-whole.ts';

/** Small files of a connection beside its runs: what is true between two of them. `drop` is .state/CONNECTION.drop.json. */
export type StateName = 'drop' | 'staged' | 'results';

/** What `writeStateFile` wrote last, of the same shape; undefined where it never did. */
export async function readStateFile<State>(
  archivePath: string,
  connection: string,
  name: StateName,
): Promise<State | undefined> {
  const path = pathOf(archivePath, connection, name);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return undefined;
    throw diskError(`Cannot read ${path}`, cause);
  }
}

export async function writeStateFile(
  archivePath: string,
  connection: string,
  name: StateName,
  state: object,
): Promise<void> {
  await makeFolder(join(archivePath, '.state'));
  await writeWhole(pathOf(archivePath, connection, name), `${JSON.stringify(state)}\n`);
}

function pathOf(archivePath: string, connection: string, name: StateName): string {
  return join(archivePath, '.state', `${connection}.${name}.json`);
}
