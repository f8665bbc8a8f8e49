import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../files/disk-error.ts';
import { makeFolder, syncFolder } from '../files/write-whole.ts';
import { CHECKPOINT_FILE, mayBelongTo, OPEN, openFolder, PLAIN_ASIDE, plainBeside } from './layout.ts';
import { isThere, readEntries } from './read-entries.ts';
import type { RunFolder } from './run-folder.ts';
import { listSealedFolders } from './sealed-folders.ts';

/** What of a run tells of people. Its report.json has no values, and mapping/ none either. */
export const PERSONAL: readonly string[] = [
  'inbound',
  'outbound',
  'exceptions.csv',
  'changes.csv',
  'memory.ndjson',
  'review.ndjson',
  'report.html',
  // What the district was told of its rows, and whom the importing system had refused.
  'answer',
  'refused.csv',
  // Of a purge: what the runs before it taught.
  CHECKPOINT_FILE,
];
/** What the run taught is still to be told to the ledger when the run is sealed. */
const LAST_NEEDED = 'memory.ndjson';

/**
 * Takes what tells of people out of a folder that is about to be sealed encrypted, each by one rename. From then on it is
 * the plain file there that counts, and what the folder has under the same name is made from it.
 * @returns the folder where it lies
 */
export async function setPlainAside({ archive, run, path }: RunFolder): Promise<string> {
  const aside = plainBeside(archive, run);
  await makeFolder(aside);
  try {
    for (const name of PERSONAL)
      if (await isThere(join(path, name))) await rename(join(path, name), join(aside, name));
    for (const one of [path, aside, join(archive, OPEN)]) await syncFolder(one);
  } catch (cause) {
    throw diskError(`Cannot move the files of the run ${run}`, cause);
  }
  return aside;
}

/** Undoes it, also by halves: the run is then as if nobody had begun to seal it. Changes nothing where nothing lies aside. */
export async function putPlainBack({ archive, run }: Pick<RunFolder, 'archive' | 'run'>): Promise<void> {
  const aside = plainBeside(archive, run);
  const path = openFolder(archive, run);
  if (!(await isThere(aside))) return;
  try {
    for (const { name } of await readEntries(aside)) {
      for (const made of [name, `${name}.age`]) await rm(join(path, made), { recursive: true, force: true });
      await rename(join(aside, name), join(path, name));
      await syncFolder(path);
    }
    await rm(aside, { recursive: true });
    await syncFolder(join(archive, OPEN));
  } catch (cause) {
    throw diskError(`Cannot move the files of the run ${run} back`, cause);
  }
}

/** Of a run that is sealed: the plain files go, but for what the ledger may not know yet. */
export async function clearPlainAside(archive: string, run: string): Promise<void> {
  const aside = plainBeside(archive, run);
  if (!(await isThere(aside))) return;
  for (const { name } of await readEntries(aside)) if (name !== LAST_NEEDED) await remove(join(aside, name));
}

/** Once the ledger knows what the sealed runs of a connection taught, nothing plain of them is needed any more. */
export async function forgetPlainAside(archive: string, connection: string): Promise<void> {
  const runs = await listPlainAside(archive, connection);
  if (runs.length === 0) return;
  const sealed = new Set((await listSealedFolders(archive, connection)).map(({ run }) => run));
  for (const run of runs) if (sealed.has(run)) await remove(plainBeside(archive, run));
}

/** After a crash: what was not sealed yet is put back, and of what was, the plain files go. */
export async function finishPlainAside(archive: string, connection: string): Promise<void> {
  const runs = await listPlainAside(archive, connection);
  if (runs.length === 0) return;
  const sealed = new Set((await listSealedFolders(archive, connection)).map(({ run }) => run));
  for (const run of runs)
    if (await isThere(openFolder(archive, run))) await putPlainBack({ archive, run });
    else if (sealed.has(run)) await clearPlainAside(archive, run);
}

async function listPlainAside(archive: string, connection: string): Promise<string[]> {
  const path = join(archive, OPEN);
  const entries = (await isThere(path)) ? await readEntries(path) : [];
  return entries
    .filter(({ name }) => name.startsWith('.') && name.endsWith(PLAIN_ASIDE))
    .map(({ name }) => name.slice(1, -PLAIN_ASIDE.length))
    .filter((run) => mayBelongTo(run, connection));
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw diskError(`Cannot remove ${path}`, cause);
  }
}
