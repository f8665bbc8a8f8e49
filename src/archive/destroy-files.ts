import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { hashFile } from '../files/hash-file.ts';
import { syncFolder } from '../files/write-whole.ts';
import { connectionFolder, whyUnusable } from './layout.ts';
import { dueFilesOf, type PurgePlan } from './plan-purge.ts';
import { readDestructions } from './read-destructions.ts';
import { isThere } from './read-entries.ts';
import type { Destruction } from './schema.ts';

/**
 * Sees that every file that is due lies there as it was sealed: a purge must never be how an altered archive becomes a
 * whole one. Throws archive_altered.
 */
export async function refuseAlteredDue(plan: PurgePlan): Promise<void> {
  for (const { run, path, file, sha256 } of dueFilesOf(plan)) {
    const digest = (await isThere(path)) ? await hashFile(path) : undefined;
    if (digest?.sha256 === sha256) continue;
    const what = digest ? 'is not as it was sealed' : 'is missing';
    throw new AppError('archive_altered', `${file} of the run ${run} ${what}: nothing was destroyed`, {
      place: { file: path },
      hint: 'rosterferry verify names all that was altered; put it back from a backup, and purge again.',
    });
  }
}

/**
 * Destroys what a sealed record names, for good: the names go, folder by folder, and each folder is synced. What is gone
 * already is passed over, so that it may be repeated after a crash; a file that is not the one of the record stays, because
 * nobody decided about it, and `verify` names it.
 * @returns how many files went
 */
export async function destroyFiles(
  archive: string,
  { connection, runs }: Pick<Destruction, 'connection' | 'runs'>,
  afterEach: () => void = () => {},
): Promise<number> {
  const root = connectionFolder(archive, connection);
  let count = 0;
  for (const { run, folder, files } of runs) {
    const path = join(root, checkedFolder(folder, run));
    const touched = new Set<string>();
    for (const file of files) {
      const target = join(path, checkedPath(file.path));
      if (!(await isSame(target, file.sha256))) continue;
      await remove(target);
      touched.add(dirname(target));
      count++;
      afterEach();
    }
    for (const one of touched) await syncFolder(one);
  }
  return count;
}

/** Destroys what a purge of this connection named and a crash left. To be called under the lock of the connection. */
export async function finishDestructions(archive: string, connection: string): Promise<number> {
  let count = 0;
  for (const { destruction } of await readDestructions(archive, connection))
    if (destruction?.connection === connection) count += await destroyFiles(archive, destruction);
  return count;
}

async function isSame(path: string, sha256: string): Promise<boolean> {
  return (await isThere(path)) && (await hashFile(path)).sha256 === sha256;
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path);
  } catch (cause) {
    throw diskError(`Cannot remove ${path}`, cause);
  }
}

/** Whoever forged a record must not have anything else destroyed. */
function checkedFolder(folder: string, run: string): string {
  if (/^\d{4}\/\d{2}\/[^/\\]+$/.test(folder) && folder.endsWith(`/${run}`) && whyUnusable(run) === undefined)
    return folder;
  throw unusable(folder);
}

function checkedPath(path: string): string {
  if (path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !path.includes('\\'))
    return path;
  throw unusable(path);
}

function unusable(path: string): AppError {
  return new AppError(
    'unsafe_name',
    `A destruction record names ${JSON.stringify(path)}, which is no part of a run`,
  );
}
