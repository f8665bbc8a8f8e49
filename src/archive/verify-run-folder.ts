import { basename, dirname, join } from 'node:path';
import { asAppError } from '../errors/app-error.ts';
import { hashFile } from '../files/hash-file.ts';
import { KEPT_FOLDERS, MANIFEST_FILE, SUMS_FILE } from './layout.ts';
import { asStored, parseSums, readManifest, renderSums, type SealedManifest } from './manifest.ts';
import type { DestroyedFile } from './read-destructions.ts';
import { isThere, readTree, type Tree } from './read-entries.ts';
import { readText } from './read-text.ts';

/** One way in which an archive is not as it was sealed. */
export interface ArchiveProblem {
  connection: string;
  /** Blank where it concerns the connection as a whole. */
  run: string;
  /** Relative to the folder of the run, or of the connection; blank where the whole run is concerned. */
  file: string;
  problem:
    | 'missing'
    | 'added'
    | 'altered'
    | 'chain_broken'
    | 'unreadable'
    | 'cut_off'
    | 'rewritten'
    | 'forged';
}

export interface RunVerification {
  problems: ArchiveProblem[];
  /** Files whose hash was recomputed. */
  filesChecked: number;
  /** Files that a purge destroyed by rule. */
  filesDestroyed: number;
  /** Files that a purge named and that still lie there as they were sealed: it did not come to its end. */
  filesLeft: number;
  /** Undefined where there is none that can be understood. */
  sealed: SealedManifest | undefined;
}

type Found = (file: string, problem: ArchiveProblem['problem']) => void;

/**
 * Recomputes every hash of one sealed folder. Its connection is told from where it lies unless it is named.
 * @param destroyed by path, what purges destroyed of this run
 */
export async function verifyRunFolder(
  path: string,
  connection = basename(dirname(dirname(dirname(path)))),
  destroyed: ReadonlyMap<string, DestroyedFile> = new Map(),
): Promise<RunVerification> {
  const run = basename(path);
  const problems: ArchiveProblem[] = [];
  const found: Found = (file, problem) => problems.push({ connection, run, file, problem });
  const tree = await readTree(path).catch((thrown: unknown) => unreadable('', thrown, found));
  if (!tree) return { problems, filesChecked: 0, filesDestroyed: 0, filesLeft: 0, sealed: undefined };
  const sealed = await checkManifest(path, run, found);
  const listed = sealed?.manifest.files.map(asStored) ?? (await listedInSums(path));
  const files = await checkFiles(path, { listed, tree, destroyed }, found);
  checkAdded(listed, tree, found);
  await checkSums(path, sealed, found);
  return { problems, ...files, sealed };
}

async function checkManifest(path: string, run: string, found: Found): Promise<SealedManifest | undefined> {
  if (!(await isThere(join(path, MANIFEST_FILE)))) {
    found(MANIFEST_FILE, 'missing');
    return undefined;
  }
  try {
    const sealed = await readManifest(path);
    if (!sealed) found(MANIFEST_FILE, 'unreadable');
    else if (sealed.manifest.run !== run) found(MANIFEST_FILE, 'altered');
    return sealed;
  } catch (thrown) {
    return unreadable(MANIFEST_FILE, thrown, found);
  }
}

interface ListedFile {
  path: string;
  sha256: string;
  bytes?: number;
}

/** Where the manifest is gone or broken the sums still say which file was touched. */
async function listedInSums(path: string): Promise<ListedFile[]> {
  const text = await readText(join(path, SUMS_FILE)).catch(() => '');
  return parseSums(text).filter((file) => file.path !== MANIFEST_FILE);
}

interface ToCheck {
  listed: readonly ListedFile[];
  tree: Tree;
  destroyed: ReadonlyMap<string, DestroyedFile>;
}

async function checkFiles(path: string, { listed, tree, destroyed }: ToCheck, found: Found) {
  const files = new Set(tree.files);
  const others = new Set(tree.others);
  const counts = { filesChecked: 0, filesDestroyed: 0, filesLeft: 0 };
  for (const file of listed) {
    if (others.has(file.path)) found(file.path, 'altered');
    else if (!files.has(file.path)) {
      if (destroyed.get(file.path)?.sha256 === file.sha256) counts.filesDestroyed++;
      else found(file.path, 'missing');
    } else {
      const digest = await hashFile(join(path, file.path)).catch((thrown: unknown) =>
        unreadable(file.path, thrown, found),
      );
      if (!digest) continue;
      counts.filesChecked++;
      if (destroyed.has(file.path)) counts.filesLeft++;
      const isSameSize = file.bytes === undefined || file.bytes === digest.sizeBytes;
      if (digest.sha256 !== file.sha256 || !isSameSize) found(file.path, 'altered');
    }
  }
  return counts;
}

function checkAdded(listed: readonly ListedFile[], tree: Tree, found: Found): void {
  const known = new Set([...listed.map((file) => file.path), MANIFEST_FILE, SUMS_FILE]);
  const present = [...tree.files, ...tree.others];
  for (const path of present) if (!known.has(path)) found(path, 'added');
  const kept: readonly string[] = KEPT_FOLDERS;
  for (const folder of tree.folders) {
    const isWithin = (path: string) => path.startsWith(`${folder}/`);
    // Of a folder whose files are gone each file is told by itself.
    const isKnown = present.some(isWithin) || listed.some(({ path }) => isWithin(path));
    if (!isKnown && !kept.includes(folder)) found(folder, 'added');
  }
}

/** The sums follow from the manifest, to the byte. */
async function checkSums(path: string, sealed: SealedManifest | undefined, found: Found): Promise<void> {
  const sums = join(path, SUMS_FILE);
  if (!(await isThere(sums))) return found(SUMS_FILE, 'missing');
  try {
    const text = await readText(sums);
    if (sealed && text !== renderSums(sealed.manifest.files, sealed.sha256)) found(SUMS_FILE, 'altered');
  } catch (thrown) {
    unreadable(SUMS_FILE, thrown, found);
  }
}

/** A file that cannot be read is a finding like any other; a defect of ours is not. */
function unreadable(file: string, thrown: unknown, found: Found): undefined {
  if (asAppError(thrown).code === 'defect') throw thrown;
  found(file, 'unreadable');
  return undefined;
}
