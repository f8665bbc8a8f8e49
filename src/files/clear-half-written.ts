import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from './disk-error.ts';

/** As `writeWhole` calls what it has not finished; the first group is the final name. */
export const HALF_WRITTEN = /^\.(.+)\.[\da-f-]+\.tmp$/;

/**
 * Folders in which nothing was half-written, and when they had last been changed then. A daemon asks many times a second, and
 * the folder of the small files has some for each of a thousand connections.
 */
const clean = new Map<string, bigint>();

/**
 * Removes what a crash left of files that were being written whole. To be called while nobody else writes them.
 * @param isOurs by the final name; all of the folder where it is left out. A folder that is not there has none.
 */
export async function clearHalfWritten(
  folder: string,
  isOurs: (name: string) => boolean = () => true,
): Promise<void> {
  try {
    // Asked before the names: what comes meanwhile makes it another one.
    const { mtimeNs } = await stat(folder, { bigint: true });
    if (clean.get(folder) === mtimeNs) return;
    const found = (await readdir(folder)).filter((name) => HALF_WRITTEN.test(name));
    if (found.length === 0) clean.set(folder, mtimeNs);
    for (const name of found) {
      const final = HALF_WRITTEN.exec(name)?.[1];
      if (final !== undefined && isOurs(final)) await rm(join(folder, name), { force: true });
    }
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return;
    throw diskError(`Cannot clear ${folder}`, cause);
  }
}
