import { constants } from 'node:fs';
import { access, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { copySynced } from '../files/copy-synced.ts';
import { errnoOf } from '../files/disk-error.ts';
import { type FileDigest, hashFile } from '../files/hash-file.ts';
import { isMountPoint } from '../files/is-mount-point.ts';
import { syncFolder } from '../files/write-whole.ts';
import { expectSafe, incomplete } from './delivery-faults.ts';
import { type Destination, type OutboundFile, type StoredFile, temporaryName } from './destination.ts';
import { expectAsDrafted } from './read-draft.ts';
import type { LocalDestinationSettings } from './schema.ts';

/**
 * A folder of this machine, or one that is mounted into it. Nothing creates it unasked: a folder that is gone is a mistake.
 */
export function openLocalDestination(settings: LocalDestinationSettings): Destination {
  const folder = resolve(settings.path);
  const temporary = (file: { name: string }, run: string) =>
    join(folder, temporaryName({ name: expectSafe(file.name) }, run));
  return {
    publishes: 'by_rename',
    stage: async (file, run) => stageLocal(folder, temporary(file, run), file),
    publish: async (file, run) => publishLocal(folder, temporary(file, run), file),
    unstage: async (file, run) => removeLocal(folder, temporary(file, run)),
    finish: async (file, run) => finishLocal(folder, temporary(file, run)),
    look: async (file) => lookAt(folder, join(folder, expectSafe(file.name))),
    lookStaged: async (file, run) => lookAt(folder, temporary(file, run)),
    holds: async (file) => holdsLocal(folder, file),
    isOnMount: async () => attempt(folder, reaching(folder), () => isMountPoint(folder)),
    async makeFolder() {
      await expectFolder(dirname(folder));
      await attempt(folder, `make ${folder}`, () => mkdir(folder, { recursive: true }));
    },
    async describe() {
      await expectFolder(folder);
      return folder;
    },
    abilities: () => [],
    async expectWritable() {
      await expectFolder(folder);
      await attempt(folder, `write in ${folder}`, () => access(folder, constants.W_OK | constants.X_OK));
      return undefined;
    },
    close: async () => undefined,
  };
}

async function stageLocal(folder: string, temporary: string, file: OutboundFile): Promise<void> {
  await expectFolder(folder);
  await attempt(folder, `write ${temporary}`, async () => {
    await rm(temporary, { force: true });
    try {
      await expectStaged(temporary, { stored: await copySynced(file.path, temporary), file });
      // A temporary name that a power cut takes away would look like a file that was published and taken.
      await syncFolder(folder);
    } catch (fault) {
      // The fault that is under way is the one to tell.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw fault;
    }
  });
}

/** Hashed once: if what is staged is what was drafted, then so was what was read. Only otherwise it is asked whose fault it is. */
async function expectStaged(
  temporary: string,
  { stored, file }: { stored: FileDigest; file: OutboundFile },
): Promise<void> {
  if (stored.sizeBytes === file.sizeBytes && stored.sha256 === file.sha256) return;
  expectAsDrafted(file, await hashFile(file.path));
  throw incomplete(temporary, stored.sizeBytes, file.sizeBytes);
}

async function publishLocal(folder: string, temporary: string, file: OutboundFile): Promise<void> {
  const final = join(folder, file.name);
  await attempt(folder, `publish ${final}`, async () => {
    await rename(temporary, final);
    await syncFolder(folder);
  });
  const facts = await factsOf(folder, final);
  if (facts && facts.size !== file.sizeBytes) throw incomplete(final, facts.size, file.sizeBytes);
}

/** Whoever published it may have ended, or failed, before its name was on the disk; the source is cleared soon. */
async function finishLocal(folder: string, temporary: string): Promise<void> {
  await removeLocal(folder, temporary);
  await attempt(folder, `sync ${folder}`, () => syncFolder(folder));
}

async function removeLocal(folder: string, path: string): Promise<void> {
  await attempt(folder, `remove ${path}`, () => rm(path, { force: true }));
}

async function lookAt(folder: string, path: string): Promise<StoredFile | undefined> {
  const facts = await factsOf(folder, path);
  return facts && { sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
}

async function holdsLocal(folder: string, file: OutboundFile): Promise<boolean> {
  const path = join(folder, expectSafe(file.name));
  const facts = await factsOf(folder, path);
  if (!facts?.isFile() || facts.size !== file.sizeBytes) return false;
  return (await attempt(folder, `read ${path} back`, () => hashFile(path))).sha256 === file.sha256;
}

async function factsOf(folder: string, path: string) {
  try {
    return await lstat(path);
  } catch (cause) {
    if (errnoOf(cause) !== 'ENOENT') throw fault(folder, `look at ${path}`, cause);
    await expectFolder(folder);
    return undefined;
  }
}

async function expectFolder(folder: string): Promise<void> {
  const facts = await attempt(folder, reaching(folder), () => stat(folder));
  if (!facts.isDirectory()) throw new AppError('destination_missing', `${folder} is no folder`);
}

async function attempt<T>(folder: string, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw fault(folder, doing, cause);
  }
}

const DENIED = new Set(['EACCES', 'EPERM', 'EROFS']);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function reaching(folder: string): string {
  return `reach ${folder}`;
}

function fault(folder: string, doing: string, cause: unknown): AppError {
  // The disk of the draft and the disk of the destination are told apart by who read and who wrote.
  if (cause instanceof AppError) return cause;
  const errno = errnoOf(cause);
  if (FULL.has(errno))
    return new AppError('destination_full', `Cannot ${doing}: no space is left (${errno})`, { cause });
  if (DENIED.has(errno))
    return new AppError('destination_denied', `Cannot ${doing}: not allowed (${errno})`, { cause });
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    const isFolderItself = doing === reaching(folder);
    const sentence = isFolderItself
      ? `There is no folder ${folder}`
      : `Cannot ${doing}: ${folder} does not have it (${errno})`;
    return new AppError('destination_missing', sentence, { cause });
  }
  return new AppError('delivery_failed', `Cannot ${doing}: ${errno || String(cause)}`, { cause });
}
