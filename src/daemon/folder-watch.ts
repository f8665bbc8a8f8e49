import { watch } from 'chokidar';
import type { Logger } from '../log/logger.ts';

/**
 * Nudges when something happens in the folder. Only a hint: events may be missed, repeated, or be wrong when the
 * folder itself is replaced, so nothing of them is believed and the periodic look stays on.
 */
export function openFolderWatch(folder: string, nudge: () => void, logger: Logger): () => Promise<void> {
  const watcher = watch(folder, { depth: 0, followSymlinks: false, ignoreInitial: false });
  watcher.on('all', nudge);
  watcher.on('error', () =>
    logger.warn({ folder }, 'the folder cannot be watched; it is still looked at regularly'),
  );
  return () => watcher.close();
}
