import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { makeFolder, writeWhole } from '../files/write-whole.ts';

/**
 * Until when the due times of a connection have been looked after, in milliseconds since 1970; undefined where that was
 * never written down, or where what is written is no such time.
 */
export async function readLookedUntil(archivePath: string, connection: string): Promise<number | undefined> {
  const path = pathOf(archivePath, connection);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (errnoOf(cause) === 'ENOENT') return '';
    throw diskError(`Cannot read ${path}`, cause);
  });
  // A mark only: where it is spoilt, no due time counts as missed.
  const atMs = Date.parse(text.trim());
  return Number.isNaN(atMs) ? undefined : atMs;
}

export async function writeLookedUntil(archivePath: string, connection: string, atMs: number): Promise<void> {
  await makeFolder(join(archivePath, '.state'));
  await writeWhole(pathOf(archivePath, connection), `${new Date(atMs).toISOString()}\n`);
}

function pathOf(archivePath: string, connection: string): string {
  return join(archivePath, '.state', `${connection}.due`);
}
