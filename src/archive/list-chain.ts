import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { readHead } from './chain.ts';
import { connectionFolder, HEAD_FILE, MANIFEST_FILE } from './layout.ts';
import { readManifest, type SealedManifest } from './manifest.ts';
import { isThere } from './read-entries.ts';
import type { Link } from './schema.ts';
import { listSealedFolders, type SealedFolder } from './sealed-folders.ts';

export interface ChainedRun extends SealedFolder, SealedManifest {}

/**
 * All sealed runs of a connection in the order in which they were sealed: each is followed by the one that names it as
 * its predecessor. For whoever has to read all of them, because every manifest is read.
 * Throws memory_unreadable where a link of the chain is gone or is not as it was sealed: what the runs taught cannot
 * be told from a part of them.
 */
export async function listChain(archive: string, connection: string): Promise<ChainedRun[]> {
  const runs: ChainedRun[] = [];
  for (const folder of await listSealedFolders(archive, connection)) runs.push(await readChained(folder));
  const ordered = inOrder(runs);
  const head = await readHead(archive, connection);
  if (head) {
    const file = join(connectionFolder(archive, connection), HEAD_FILE);
    checkLink(head, byName(runs), { who: `The end of the chain of ${connection}`, file });
  }
  return ordered;
}

async function readChained(folder: SealedFolder): Promise<ChainedRun> {
  const path = join(folder.path, MANIFEST_FILE);
  const sealed = (await isThere(path)) ? await readManifest(folder.path) : undefined;
  if (sealed?.manifest.run === folder.run) return { ...folder, ...sealed };
  throw broken(`The manifest of the run ${folder.run} is gone, or is not as it was sealed`, path);
}

function inOrder(runs: readonly ChainedRun[]): ChainedRun[] {
  const named = byName(runs);
  const next = new Map<string, ChainedRun>();
  for (const one of runs) {
    const { previous } = one.manifest;
    const file = join(one.path, MANIFEST_FILE);
    if (previous) checkLink(previous, named, { who: `The run ${one.run}`, file });
    const other = next.get(previous?.run ?? '');
    if (other) throw broken(`The runs ${other.run} and ${one.run} both follow the same one`, file);
    next.set(previous?.run ?? '', one);
  }
  const ordered: ChainedRun[] = [];
  for (let one = next.get(''); one; one = next.get(one.run)) ordered.push(one);
  // Each follows one that is there, and no two the same: who is not reached is part of a ring, which hashes rule out.
  if (ordered.length < runs.length) throw broken('The sealed runs follow one another in a ring');
  return ordered;
}

function byName(runs: readonly ChainedRun[]): ReadonlyMap<string, ChainedRun> {
  return new Map(runs.map((one) => [one.run, one]));
}

function checkLink(
  link: Link,
  runs: ReadonlyMap<string, ChainedRun>,
  { who, file }: { who: string; file: string },
): void {
  const named = runs.get(link.run);
  if (!named) throw broken(`${who} names the run ${link.run}, which is not in the archive`, file);
  if (named.sha256 !== link.sha256)
    throw broken(`${who} names the run ${link.run}, which is not as it was then`, file);
}

function broken(sentence: string, file?: string): AppError {
  return new AppError('memory_unreadable', sentence, file === undefined ? {} : { place: { file } });
}
