import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { writeWhole } from '../files/write-whole.ts';
import { connectionFolder, HEAD_FILE, MANIFEST_FILE } from './layout.ts';
import { parseJson, readManifest, type SealedManifest } from './manifest.ts';
import { byCode, isThere } from './read-entries.ts';
import { type Head, headSchema, type Link, type Manifest } from './schema.ts';
import { listSealedFolders, type SealedFolder } from './sealed-folders.ts';

/** The end of the chain of a connection: the run that was sealed last. */
export interface ChainEnd extends Link {
  connection: string;
  /** Sealed folders of the connection. */
  count: number;
  /** Undefined where its folder is gone, or its manifest is not the one that was sealed. */
  sealed: { path: string; manifest: Manifest } | undefined;
}

/** Undefined where no run was sealed. Costs one manifest however many runs there are, unless a crash came after a seal. */
export async function findChainEnd(archive: string, connection: string): Promise<ChainEnd | undefined> {
  const folders = await listSealedFolders(archive, connection);
  const last = await findLast(await readHead(archive, connection), folders);
  if (!last) return undefined;
  const folder = folders.find(({ run }) => run === last.run);
  const found = folder && (await readIfThere(folder));
  const isWhole = found?.sha256 === last.sha256;
  const sealed = folder && found && isWhole ? { path: folder.path, manifest: found.manifest } : undefined;
  return { ...last, connection, count: folders.length, sealed };
}

/** The run that the next one is chained to, or undefined where it is the first. */
export async function findLastSealed(archive: string, connection: string): Promise<Link | undefined> {
  const folders = await listSealedFolders(archive, connection);
  return findLast(await readHead(archive, connection), folders);
}

/**
 * head.json is believed at once only if its run lies there unaltered and no folder came or went since. Otherwise the
 * manifests decide: a crash between seal and head is caught up. A run that the head names and that is gone stays
 * the predecessor, so that its removal shows for ever.
 */
async function findLast(head: Head | undefined, folders: readonly SealedFolder[]): Promise<Link | undefined> {
  if (head && head.count === folders.length && (await fits(head, folders))) return linkOf(head);
  const links = await readLinks(folders);
  return head ? followFrom(head, links) : latestEnd(links);
}

/**
 * Writes down which run was sealed last. Losing this file loses nothing but the proof that none was cut off the end.
 * @param sealed the run that was sealed just now; where that is not known, the manifests are asked.
 */
export async function writeHead(archive: string, connection: string, sealed?: Link): Promise<void> {
  const last = sealed ?? (await findLastSealed(archive, connection));
  if (!last) return;
  const { length: count } = await listSealedFolders(archive, connection);
  const head: Head = { ...last, count: Math.max(1, count) };
  await writeWhole(
    join(connectionFolder(archive, connection), HEAD_FILE),
    `${JSON.stringify(head, undefined, 2)}\n`,
  );
}

/** Undefined where there is none, or none that can be understood. */
export async function readHead(archive: string, connection: string): Promise<Head | undefined> {
  const path = join(connectionFolder(archive, connection), HEAD_FILE);
  try {
    return headSchema.safeParse(parseJson(await readFile(path, 'utf8'))).data;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return undefined;
    throw diskError(`Cannot read ${path}`, cause);
  }
}

async function fits(head: Head, folders: readonly SealedFolder[]): Promise<boolean> {
  const folder = folders.find(({ run }) => run === head.run);
  return folder !== undefined && (await readIfThere(folder))?.sha256 === head.sha256;
}

async function readLinks(folders: readonly SealedFolder[]): Promise<SealedManifest[]> {
  const links: SealedManifest[] = [];
  for (const folder of folders) {
    const sealed = await readIfThere(folder);
    if (sealed) links.push(sealed);
  }
  return links;
}

/** A folder whose manifest is gone or broken cannot be followed; `verify` is who complains about it. */
async function readIfThere(folder: SealedFolder): Promise<SealedManifest | undefined> {
  return (await isThere(join(folder.path, MANIFEST_FILE))) ? readManifest(folder.path) : undefined;
}

function followFrom(head: Head, links: readonly SealedManifest[]): Link {
  const next = new Map(links.map((link) => [keyOf(link.manifest.previous), link]));
  let last: Link = linkOf(head);
  // The hashes make a ring impossible; the count only bounds a walk over what somebody forged.
  for (let step = 0; step < links.length; step++) {
    const following = next.get(keyOf(last));
    if (!following) break;
    last = { run: following.manifest.run, sha256: following.sha256 };
  }
  return last;
}

/** Of the runs that no other one follows; more than one means that the chain is broken, and the latest goes on. */
function latestEnd(links: readonly SealedManifest[]): Link | undefined {
  const followed = new Set(links.map((link) => link.manifest.previous?.run));
  const ends = links.filter((link) => !followed.has(link.manifest.run));
  // Names of runs begin with the instant in UTC, which sorts where stamps of two offsets do not.
  const last = ends.toSorted((one, other) => byCode(one.manifest.run, other.manifest.run)).at(-1);
  return last ? { run: last.manifest.run, sha256: last.sha256 } : undefined;
}

function linkOf({ run, sha256 }: Head): Link {
  return { run, sha256 };
}

function keyOf(link: Link | null): string {
  return link ? `${link.run} ${link.sha256}` : '';
}
