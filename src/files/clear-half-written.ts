import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from './disk-error.ts';

/** As `writeWhole` calls what it has not finished. */
const HALF_WRITTEN = /^\.(.+)\.[\da-f-]+\.tmp$/;

/**
 * Removes what a crash left of files that were being written whole. To be called while nobody else writes them.
 * @param isOurs by the final name; all of the folder where it is left out. A folder that is not there has none.
 */
export async function clearHalfWritten(
  folder: string,
  isOurs: (name: string) => boolean = () => true,
): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      const final = HALF_WRITTEN.exec(name)?.[1];
      if (final !== undefined && isOurs(final)) await rm(join(folder, name), { force: true });
    }
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return;
    throw diskError(`Cannot clear ${folder}`, cause);
  }
}
