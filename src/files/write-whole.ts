/**
 * Files: safe moves on the local disk.
 *
 * in:       bytes and a path
 * out:      the file under its final name, whole, synced, mode 0600
 * promises: nothing half-written ever has its final name; after a crash the name has the old or the new content
 * never:    leaves a temporary file behind on failure
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError } from './disk-error.ts';

export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
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
  await syncFolder(dirname(path));
}

/** Makes a rename or a removal in the folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** Makes the folder, and those above it that are not there, readable by nobody else. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  } catch (cause) {
    throw diskError(`Cannot make the folder ${path}`, cause);
  }
}
