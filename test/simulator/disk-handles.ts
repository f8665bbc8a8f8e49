import type fs from 'node:fs';
import type { Unsynced } from './unsynced.ts';

/** Open files by their numbers, and which of them has what that was not synced. */
export function openFilesOf(real: typeof fs, unsynced: Unsynced) {
  const paths = new Map<number, string>();
  const pathOf = (file: number) => paths.get(file) ?? '';
  return {
    pathOf,
    open(path: string, flags: string | number, mode?: number): number {
      const open = () => real.openSync(path, flags, mode);
      const file = flags === 'r' || typeof flags === 'number' ? open() : unsynced.written(path, 0, open);
      paths.set(file, path);
      return file;
    },
    close(file: number): void {
      paths.delete(file);
      real.closeSync(file);
    },
    write: (file: number, bytes: Buffer, position: number | null): number =>
      unsynced.written(pathOf(file), undefined, () => real.writeSync(file, bytes, 0, bytes.length, position)),
    sync(file: number): void {
      unsynced.synced(pathOf(file));
    },
  };
}
