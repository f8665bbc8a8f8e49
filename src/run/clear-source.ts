import type { LoadedConnection } from '../config/load-connection.ts';
import { asAppError } from '../errors/app-error.ts';
import { readLastDrop, uncleared, writeLastDrop } from '../ledger/last-drop.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Does with the files of the last sealed run, and with those that could not be cleared before, what `after` says. May be called at any time and any number of times.
 * A file that cannot be cleared fails nothing, because it was carried and sealed: it is said, and tried again.
 */
export async function clearSource(connection: LoadedConnection, tools: RunTools): Promise<void> {
  const last = await readLastDrop(tools.archivePath, connection.name);
  if (!last || last.isCleared) return;
  try {
    const source = await tools.openSource(connection);
    try {
      for (const file of uncleared(last)) await source.clear(file);
    } finally {
      await source.close();
    }
    const { run, files } = last;
    await writeLastDrop(tools.archivePath, connection.name, { run, files, isCleared: true });
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { code, message, run: last.run },
      'the source is not cleared yet; the next run tries again',
    );
  }
}
