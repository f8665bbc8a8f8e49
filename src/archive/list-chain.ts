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
    const place = join(connectionFolder(archive, connection), HEAD_FILE);
    checkLink(head, new Map(runs.map((run) => [run.run, run])), place);
  }
  return ordered;
}

async function readChained(folder: SealedFolder): Promise<ChainedRun> {
  const path = join(folder.path, MANIFEST_FILE);
  const sealed = (await isThere(path)) ? await readManifest(folder.path) : undefined;
  if (sealed?.manifest.run === folder.run) return { ...folder, ...sealed };
  throw broken(`${path} is gone, or is not as it was sealed`, path);
}

function inOrder(runs: readonly ChainedRun[]): ChainedRun[] {
  const byName = new Map(runs.map((run) => [run.run, run]));
  const next = new Map<string, ChainedRun>();
  for (const run of runs) {
    const place = join(run.path, MANIFEST_FILE);
    const { previous } = run.manifest;
    if (previous) checkLink(previous, byName, place);
    const other = next.get(previous?.run ?? '');
    if (other)
      throw broken(`The runs ${other.run} and ${run.run} both say that they follow the same one`, place);
    next.set(previous?.run ?? '', run);
  }
  const ordered: ChainedRun[] = [];
  for (let run = next.get(''); run; run = next.get(run.run)) ordered.push(run);
  // Each follows one that is there, and no two the same: who is not reached is part of a ring, which hashes rule out.
  if (ordered.length < runs.length) throw broken('The sealed runs follow one another in a ring');
  return ordered;
}

/** @param place the file in which the link stands. */
function checkLink(link: Link, runs: ReadonlyMap<string, ChainedRun>, place: string): void {
  const named = runs.get(link.run);
  if (!named) throw broken(`${place} names the run ${link.run}, which is not in the archive`, place);
  if (named.sha256 !== link.sha256)
    throw broken(`${place} names the run ${link.run} with another ${MANIFEST_FILE} than it has`, place);
}

function broken(sentence: string, file?: string): AppError {
  return new AppError('memory_unreadable', sentence, file === undefined ? {} : { place: { file } });
}
