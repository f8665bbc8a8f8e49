/**
 * Files: safe moves on the local disk.
 *
 * in:       bytes and a path
 * out:      the file under its final name, whole, synced, mode 0600
 * promises: nothing half-written ever has its final name; after a crash the name has the old or the new content
 * never:    leaves a temporary file behind on failure
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { diskError, errnoOf } from './disk-error.ts';

export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** @param content whole, or in parts that are written one behind the other */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await using file = await open(temporary, 'wx', FILE_MODE);
    await file.writeFile(content);
    await file.sync();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw diskError(`Cannot write ${path}`, cause);
  }
  await syncFolder(dirname(path)).catch((cause: unknown) => {
    throw diskError(`Cannot write ${path}`, cause);
  });
}

/** Makes a rename or a removal in the folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** Makes the folder, and those above it that are not there, readable by nobody else. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeFolderAndParents(resolve(path));
  } catch (cause) {
    throw diskError(`Cannot make the folder ${path}`, cause);
  }
}

/** One after the other: the recursive call of the platform never ends where a file system makes no folders at all. */
async function makeFolderAndParents(path: string): Promise<void> {
  const parent = dirname(path);
  try {
    await mkdir(path, { mode: FOLDER_MODE });
  } catch (cause) {
    const isGone = errnoOf(cause) === 'ENOENT';
    if (!isGone && (await stat(path).catch(() => undefined))?.isDirectory()) return;
    if (!isGone || parent === path) throw cause;
    await makeFolderAndParents(parent);
    // Another process may have made it in the meantime.
    await mkdir(path, { mode: FOLDER_MODE }).catch(async (again: unknown) => {
      if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw again;
    });
  }
}
