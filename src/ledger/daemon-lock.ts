import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { clearHalfWritten } from '../files/clear-half-written.ts';
import { writeWhole } from '../files/write-whole.ts';
import { type HeldLock, lockFile } from './connection-lock.ts';

const OWNER = '.daemon.pid';

/**
 * One daemon an archive. The lock ends with the process that holds it, however that process ends; the id of that process
 * stands beside it, for whoever is refused and for scripts.
 * Throws daemon_running, with the id; local_io and local_disk_full where the archive cannot keep a lock.
 * @param pid of this process
 */
export async function lockDaemon(archivePath: string, pid: number): Promise<HeldLock> {
  // No connection can have a name that begins with a dot.
  const owner = join(archivePath, '.state', OWNER);
  const lock = lockFile({
    archivePath,
    path: join(archivePath, '.state', '.daemon.lock'),
    what: 'the daemon',
    isHeld: (cause) =>
      new AppError('daemon_running', `A daemon serves the archive ${archivePath} already${wordsFor(owner)}`, {
        cause,
      }),
  });
  // One that was killed at this very place leaves it half-written.
  await clearHalfWritten(dirname(owner), (name) => name === OWNER);
  await writeWhole(owner, `${pid}\n`);
  return lock;
}

function wordsFor(path: string): string {
  try {
    const pid = readFileSync(path, 'utf8').trim();
    return /^\d+$/.test(pid) ? `: process ${pid}` : '';
  } catch {
    // It is only named to help; that there is one is known by the lock.
    return '';
  }
}
