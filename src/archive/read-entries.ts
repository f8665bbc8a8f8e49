import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';

/** Whether anything has this name. Throws where it cannot be known. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR') return false;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}

/** What lies in a folder, by name. Throws where it cannot be listed, also because it is not there. */
export async function readEntries(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.toSorted((one, other) => byCode(one.name, other.name));
  } catch (cause) {
    throw diskError(`Cannot list ${path}`, cause);
  }
}

/** All that lies beneath a folder: paths relative to it, with slashes. */
export interface Tree {
  files: string[];
  folders: string[];
  /** Links, devices and pipes: nothing that an archive would hold. */
  others: string[];
}

export async function readTree(root: string): Promise<Tree> {
  const tree: Tree = { files: [], folders: [], others: [] };
  await read('');
  for (const paths of Object.values(tree)) paths.sort(byCode);
  return tree;

  async function read(folder: string): Promise<void> {
    for (const entry of await readEntries(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        tree.folders.push(path);
        await read(path);
      } else (entry.isFile() ? tree.files : tree.others).push(path);
    }
  }
}

/** The same order on every machine, whatever its language. */
export function byCode(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
