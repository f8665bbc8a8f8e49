import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { isMountPoint } from '../files/is-mount-point.ts';
import { clearLocal, expectLocalClearable } from './clear-local.ts';
import { receiveFile, type Take } from './receive-file.ts';
import type { LocalSourceSettings } from './schema.ts';
import type { ListedFile, Source, TellNotice } from './source.ts';
import {
  describeListing,
  expectAsListed,
  expectSafe,
  type FoundFile,
  sourceChanged,
  withoutUnusable,
} from './source-changes.ts';

/** A folder of this machine, or one that is mounted into it. */
export function openLocalSource(settings: LocalSourceSettings, tell?: TellNotice): Source {
  const folder = resolve(settings.path);
  const list = async () => withoutUnusable(await readFolder(folder), settings.ready, tell);
  return {
    list: async () => (await list()).files,
    async fetch(file, to, see) {
      expectSafe(file.name);
      return receiveFile(to, (take) => readLocal(join(folder, file.name), file, take), see);
    },
    async clear(file) {
      expectSafe(file.name);
      return clearLocal(folder, settings, file);
    },
    async expectReadable(file) {
      expectSafe(file.name);
      await using _open = await openPlainFile(join(folder, file.name), file);
    },
    expectClearable: async () => expectLocalClearable(folder, settings),
    describe: async () => describeListing(folder, await list()),
    abilities: () => [],
    close: async () => undefined,
  };
}

async function readFolder(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw folderFault(folder, cause);
  });
  const files: FoundFile[] = [];
  const mount = entries.length > 0 && (await isMounted(folder)) ? { isOnMount: true as const } : {};
  for (const { name } of entries) {
    const facts = await factsOf(join(folder, name));
    if (!facts) continue;
    const { size, mtimeMs, nlink } = facts;
    const kind = { isFile: facts.isFile(), isFolder: facts.isDirectory() };
    files.push({ name, sizeBytes: size, modifiedMs: mtimeMs, ...kind, links: nlink, ...mount });
  }
  return files;
}

async function isMounted(folder: string): Promise<boolean> {
  return isMountPoint(folder).catch((cause: unknown) => {
    throw folderFault(folder, cause);
  });
}

/** Undefined for one that went between the listing and this look. */
async function factsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return undefined;
    throw new AppError('source_unreadable', `Cannot look at ${path}: ${errnoOf(cause)}`, { cause });
  }
}

export function folderFault(folder: string, cause: unknown): AppError {
  const errno = errnoOf(cause);
  if (errno === 'ENOTDIR')
    return new AppError('source_missing', `${folder} is no folder`, {
      hint: 'Name under source.path the folder that the files lie in; which files it is about is said under files.',
      cause,
    });
  if (errno === 'ENOENT') return new AppError('source_missing', `There is no folder ${folder}`, { cause });
  return new AppError('source_unreadable', `Cannot list ${folder}: ${errno}`, { cause });
}

const BLOCK_BYTES = 1 << 20;
/** No link is followed, and opening something that is no file does not wait for its other end. */
const READ_PLAIN_FILE = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Looks at the open file before and after, not at its name: what is copied is what was looked at. */
async function readLocal(path: string, file: ListedFile, take: Take): Promise<void> {
  await using from = await openPlainFile(path, file);
  expectAsListed(await lookAt(from, path), file);
  const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, file.sizeBytes + 1));
  let position = 0;
  for (;;) {
    const { bytesRead } = await from.read(block, 0, block.length, position).catch((cause: unknown) => {
      throw new AppError('source_unreadable', `Cannot read ${path}: ${errnoOf(cause)}`, { cause });
    });
    if (bytesRead === 0) break;
    await take(block.subarray(0, bytesRead));
    position += bytesRead;
  }
  expectAsListed(await lookAt(from, path), file);
  if (position !== file.sizeBytes) throw sourceChanged(file, 'it has other bytes than its size says');
}

async function openPlainFile(path: string, file: ListedFile): Promise<FileHandle> {
  try {
    return await open(path, READ_PLAIN_FILE);
  } catch (cause) {
    const errno = errnoOf(cause);
    if (errno === 'ENOENT') throw sourceChanged(file, 'it is not there any more', cause);
    if (errno === 'ELOOP' || errno === 'EMLINK') throw sourceChanged(file, 'it is a link now', cause);
    throw new AppError('source_unreadable', `Cannot open ${path}: ${errno}`, { cause });
  }
}

async function lookAt(from: FileHandle, path: string) {
  const facts = await from.stat().catch((cause: unknown) => {
    throw new AppError('source_unreadable', `Cannot look at ${path}: ${errnoOf(cause)}`, { cause });
  });
  return { sizeBytes: facts.size, modifiedMs: facts.mtimeMs, isFile: facts.isFile() };
}
