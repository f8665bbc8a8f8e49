import { join } from 'node:path';
import { DESTRUCTION_FILE, isPurge } from './layout.ts';
import { parseJson } from './manifest.ts';
import { isThere } from './read-entries.ts';
import { readText } from './read-text.ts';
import { type Destruction, type DestructionRule, destructionSchema } from './schema.ts';
import { listSealedFolders, type SealedFolder } from './sealed-folders.ts';

/** A file that a purge destroyed, or is about to: the record of it stays for good. */
export interface DestroyedFile {
  path: string;
  bytes: number;
  sha256: string;
  rule: DestructionRule;
  /** The purge, and when. */
  purge: string;
  at: string;
}

/** By run, by path. */
export type Destroyed = ReadonlyMap<string, ReadonlyMap<string, DestroyedFile>>;

export interface SealedDestruction extends SealedFolder {
  /** Undefined where it cannot be understood. */
  destruction: Destruction | undefined;
}

/** The purges of a connection. Costs the names of its folders, and the records of its purges. */
export async function readDestructions(archive: string, connection: string): Promise<SealedDestruction[]> {
  const purges = (await listSealedFolders(archive, connection)).filter(({ run }) => isPurge(run));
  return Promise.all(
    purges.map(async (folder) => ({ ...folder, destruction: await readDestruction(folder.path) })),
  );
}

/** Undefined where there is none, or none that can be understood. */
export async function readDestruction(folder: string): Promise<Destruction | undefined> {
  const path = join(folder, DESTRUCTION_FILE);
  if (!(await isThere(path))) return undefined;
  return destructionSchema.safeParse(parseJson(await readText(path))).data;
}

/** What these purges destroyed. */
export function destroyedBy(destructions: readonly (Destruction | undefined)[]): Destroyed {
  const destroyed = new Map<string, Map<string, DestroyedFile>>();
  for (const one of destructions)
    for (const { run, files } of one?.runs ?? []) {
      const known = destroyed.get(run) ?? new Map<string, DestroyedFile>();
      for (const { path, bytes, sha256, rule } of files)
        known.set(path, { path, bytes, sha256, rule, purge: one?.purge ?? '', at: one?.at ?? '' });
      destroyed.set(run, known);
    }
  return destroyed;
}
