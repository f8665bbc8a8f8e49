import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { findChainEnd } from './chain.ts';
import { MANIFEST_FILE } from './layout.ts';
import { parseJson, readManifest } from './manifest.ts';
import { isThere } from './read-entries.ts';
import { keptHeadsSchema } from './schema.ts';
import { listConnections, listSealedFolders, type SealedFolder } from './sealed-folders.ts';
import type { ArchiveProblem } from './verify-run-folder.ts';

/** The end of a connection's chain, to be kept where nobody who can write to the archive can write. */
export interface ChainHead {
  connection: string;
  /** The folder that was sealed last. */
  run: string;
  /** How many sealed folders there were then. */
  count: number;
  /** Of its manifest.json. */
  sha256: string;
}

/** A head as it was kept; of a bare hash nothing else is known. */
export type KeptHead = Pick<ChainHead, 'sha256'> & Partial<ChainHead>;

/** The heads of one connection or of all; one that has no sealed run has none. */
export async function listHeads(archive: string, connection?: string): Promise<ChainHead[]> {
  const connections = connection === undefined ? await listConnections(archive) : [connection];
  const heads: ChainHead[] = [];
  for (const name of connections) {
    const end = await findChainEnd(archive, name);
    if (end) heads.push({ connection: name, run: end.run, count: end.count, sha256: end.sha256 });
  }
  return heads;
}

/** One line, hash first as sha256sum writes it: lines of many nights may lie one after the other. */
export function headLine({ sha256, connection, count, run }: ChainHead): string {
  return `${sha256}  ${connection}  ${count}  ${run}`;
}

const LINE = /^([0-9a-f]{64})(?: {2}(\S+) {2}(\d+) {2}(\S+))?$/;

/**
 * Heads that were kept: lines of headLine(), the JSON of `verify --head --json`, or bare hashes, one a line.
 * Throws usage where there is none, or a line is something else: a check that checks nothing must not pass.
 */
export function parseKeptHeads(text: string, source: string): KeptHead[] {
  const document = keptHeadsSchema.safeParse(parseJson(text));
  if (document.success && document.data.heads.length > 0) return document.data.heads;
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const heads = lines.flatMap((line, at) => (line === '' ? [] : [parseLine(line, `${source}:${at + 1}`)]));
  if (heads.length > 0) return heads;
  throw new AppError('usage', `${source} holds no head`, { hint: HINT });
}

function parseLine(line: string, place: string): KeptHead {
  const [, sha256, connection, count, run] = LINE.exec(line) ?? [];
  if (sha256 === undefined) throw new AppError('usage', `${place} is no head`, { hint: HINT });
  if (connection === undefined || run === undefined) return { sha256 };
  return { sha256, connection, count: Number(count), run };
}

const HINT = 'Write rosterferry verify --head to a file, and name that file or the hash itself.';

/**
 * Whether the archive still holds each of these heads. Where it does, and the chain is whole, everything up to that
 * head is as it was then. `cut_off`: no run of that name or hash is there any more. `rewritten`: it is there and is
 * another one.
 * @param connection only the heads of this one, and those that do not say whose they are
 */
export async function checkKeptHeads(
  archive: string,
  heads: readonly KeptHead[],
  connection?: string,
): Promise<ArchiveProblem[]> {
  const isMeant = (head: KeptHead) =>
    connection === undefined || (head.connection ?? connection) === connection;
  const manifests = openManifests(archive, connection);
  const problems: ArchiveProblem[] = [];
  for (const { connection: name, run, sha256 } of heads.filter(isMeant)) {
    if (name === undefined || run === undefined) {
      const isKnown = (await manifests.all()).has(sha256);
      if (!isKnown)
        problems.push({ connection: connection ?? '', run: '', file: sha256, problem: 'cut_off' });
      continue;
    }
    const found = await manifests.ofRun(name, run);
    if (found === sha256) continue;
    problems.push({
      connection: name,
      run,
      file: '',
      problem: found === undefined ? 'cut_off' : 'rewritten',
    });
  }
  return problems;
}

/** Hashes of manifests, each read when it is asked for. */
function openManifests(archive: string, connection: string | undefined) {
  const folders = new Map<string, Promise<SealedFolder[]>>();
  const list = (name: string) => {
    const listed = folders.get(name) ?? listSealedFolders(archive, name);
    folders.set(name, listed);
    return listed;
  };
  let whole: Promise<Set<string>> | undefined;
  const readAll = async () => {
    const names = connection === undefined ? await listConnections(archive) : [connection];
    const hashes = new Set<string>();
    for (const name of names) for (const folder of await list(name)) hashes.add((await hashOf(folder)) ?? '');
    return hashes;
  };
  return {
    async ofRun(name: string, run: string) {
      const folder = (await list(name)).find((one) => one.run === run);
      return folder && ((await hashOf(folder)) ?? '');
    },
    all() {
      whole ??= readAll();
      return whole;
    },
  };
}

async function hashOf({ path }: SealedFolder): Promise<string | undefined> {
  return (await isThere(join(path, MANIFEST_FILE))) ? (await readManifest(path))?.sha256 : undefined;
}
