import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Recipients } from '../encryption/read-recipients.ts';
import { AppError } from '../errors/app-error.ts';
import { clearHalfWritten } from '../files/clear-half-written.ts';
import { diskError } from '../files/disk-error.ts';
import { inLanes } from '../files/in-lanes.ts';
import { FILE_MODE, FOLDER_MODE, makeFolder, syncFolder, writeWhole } from '../files/write-whole.ts';
import { findLastSealed, writeHead } from './chain.ts';
import { encryptFolder } from './encrypt-folder.ts';
import { expectKnown, type KnownFiles } from './known-files.ts';
import { KEPT_FOLDERS, MANIFEST_FILE, SUMS_FILE, sealedFolder } from './layout.ts';
import { buildManifest, renderManifest, renderSums, type SealedFile, sha256Of } from './manifest.ts';
import { clearPlainAside, putPlainBack, setPlainAside } from './plain-aside.ts';
import { isThere, readEntries, readTree } from './read-entries.ts';
import { clearStatesAside, type RunFolder, setStateAside } from './run-folder.ts';
import type { Link } from './schema.ts';

/** What is done by the time a step is reported; a crash between any two is made good by sealing again. */
export type SealStep =
  | 'emptied'
  | 'plain_aside'
  | 'encrypted'
  | 'listed'
  | 'state_aside'
  | 'renamed'
  | 'headed'
  | 'cleared';

type Done = (step: SealStep) => void;

export interface SealOptions {
  /** ISO 8601 with offset. */
  sealedAt: string;
  /** For whom what tells of people is encrypted; it stays plain where they are left out. */
  recipients?: Recipients | undefined;
  /** What was received and drafted, as it was then; everything else is hashed now. */
  known?: KnownFiles;
  /** For tests that pull the plug: called after each step. */
  afterStep?: Done;
}

/**
 * Gives the folder its final place, in one rename: emptied of what only the work needed, readable by the owner
 * alone, listed in manifest.json and SHA256SUMS, chained to the run before, synced. May be called again after a
 * crash at any point; `folder.path` is the sealed folder afterwards. Throws local_io, also where a known file is gone or
 * another one.
 */
export async function sealRun(
  folder: RunFolder,
  facts: { id: string; connection: string; businessDate: string },
  options: SealOptions,
): Promise<void> {
  const { sealedAt, known = new Map(), afterStep: done = () => {} } = options;
  const target = sealedFolder(folder.archive, facts);
  let sealed: Link | undefined;
  if (await isLeftToSeal(folder, target)) {
    await putPlainBack(folder);
    await emptyFolder(folder);
    done('emptied');
    // Before anything is moved, so that a person finds the file where the error says.
    await expectKnown(folder.path, known);
    const encrypted = await encryptPersonal(folder, { recipients: options.recipients, known, done });
    sealed = await listContents(folder, facts, { sealedAt, encrypted, known });
    done('listed');
    await setStateAside(folder);
    done('state_aside');
    await moveFolder(folder.path, target);
    done('renamed');
  }
  folder.movedTo(target);
  await writeHead(folder.archive, facts.connection, sealed);
  done('headed');
  await clearPlainAside(folder.archive, folder.run);
  await clearStatesAside(folder.archive, facts.connection);
  done('cleared');
}

async function isLeftToSeal(folder: RunFolder, target: string): Promise<boolean> {
  if (!(await isThere(target))) return true;
  if (folder.path !== target && (await isThere(folder.path)))
    throw new AppError('local_io', `The run ${folder.run} is both open and sealed`, {
      hint: `Compare ${folder.path} with ${target}, which is never overwritten, and remove the one that is wrong.`,
    });
  return false;
}

async function emptyFolder(folder: RunFolder): Promise<void> {
  await folder.removeWork();
  const entries = await readEntries(folder.path);
  const left = entries.filter(({ name }) => name === MANIFEST_FILE || name === SUMS_FILE);
  try {
    for (const { name } of left) await rm(join(folder.path, name));
  } catch (cause) {
    throw diskError(`Cannot empty ${folder.path}`, cause);
  }
  // Names in the inbound folder are those of the district.
  for (const written of [folder.path, folder.outbound, folder.mapping]) await clearHalfWritten(written);
  for (const name of KEPT_FOLDERS) await makeFolder(join(folder.path, name));
}

async function encryptPersonal(
  folder: RunFolder,
  { recipients, known, done }: Pick<SealOptions, 'recipients'> & { known: KnownFiles; done: Done },
): Promise<ReadonlyMap<string, SealedFile>> {
  if (!recipients) return new Map();
  const aside = await setPlainAside(folder);
  done('plain_aside');
  const encrypted = await encryptFolder(aside, folder.path, { recipients, known });
  done('encrypted');
  return encrypted;
}

async function listContents(
  folder: RunFolder,
  facts: { id: string; connection: string },
  {
    sealedAt,
    ...listed
  }: { sealedAt: string; encrypted: ReadonlyMap<string, SealedFile>; known: KnownFiles },
): Promise<Link> {
  await closeToOthers(folder.path);
  const previous = await findLastSealed(folder.archive, facts.connection);
  const about = { run: facts.id, connection: facts.connection, sealedAt, previous };
  const manifest = await buildManifest(folder.path, about, listed);
  const text = renderManifest(manifest);
  await writeWhole(join(folder.path, MANIFEST_FILE), text);
  const sha256 = sha256Of(text);
  await writeWhole(join(folder.path, SUMS_FILE), renderSums(manifest.files, sha256));
  return { run: facts.id, sha256 };
}

/** Modes first, whatever the umask was when a file was made; then onto the disk, before any name says it is there. */
async function closeToOthers(root: string): Promise<void> {
  const tree = await readTree(root);
  const [other] = tree.others;
  if (other !== undefined)
    throw new AppError(
      'local_io',
      `${join(root, other)} is neither a file nor a folder, so it cannot be sealed`,
    );
  await inLanes(tree.files, (path) => closeOne(join(root, path), FILE_MODE));
  for (const path of tree.folders.toReversed()) await closeOne(join(root, path), FOLDER_MODE);
  await closeOne(root, FOLDER_MODE);
}

async function closeOne(path: string, mode: number): Promise<void> {
  try {
    await using handle = await open(path, 'r');
    await handle.chmod(mode);
    await handle.sync();
  } catch (cause) {
    throw diskError(`Cannot sync ${path}`, cause);
  }
}

async function moveFolder(from: string, to: string): Promise<void> {
  const month = dirname(to);
  await makeFolder(month);
  try {
    await rename(from, to);
    // Folders that were made on the way are themselves entries of the folder above.
    const [year, connection, archive] = [
      dirname(month),
      dirname(dirname(month)),
      dirname(dirname(dirname(month))),
    ];
    await inLanes([month, year, connection, archive, dirname(from)], syncFolder);
  } catch (cause) {
    throw diskError(`Cannot move ${from} to ${to}`, cause);
  }
}
