import { constants, type Stats } from 'node:fs';
import { access, copyFile, lstat, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { hashFile } from '../files/hash-file.ts';
import { isMountPoint } from '../files/is-mount-point.ts';
import { makeFolder, syncFolder } from '../files/write-whole.ts';
import { markerOf } from './match-name.ts';
import type { SourceSettings } from './schema.ts';
import type { ListedFile } from './source.ts';
import { isAsListed, nameAt } from './source-changes.ts';

/** See Source.clear. The marker goes first: left alone, it would call the next file of this name whole. */
export async function clearLocal(
  folder: string,
  { ready, after }: Pick<SourceSettings, 'ready' | 'after'>,
  file: ListedFile,
): Promise<boolean> {
  if (after === 'leave') return true;
  try {
    // A folder that is not there has no files, but that does not mean that this one was cleared.
    await stat(folder);
    const facts = await factsOf(join(folder, file.name));
    if (!facts && file.isOnMount) await expectMounted(folder);
    if (
      facts &&
      !isAsListed({ sizeBytes: facts.size, modifiedMs: facts.mtimeMs, isFile: facts.isFile() }, file)
    )
      return false;
    const marker = 'marker' in ready ? [markerOf(ready.marker, file.name)] : [];
    const names = [...marker, ...(facts ? [file.name] : [])];
    for (const name of names)
      if (after === 'remove') await rm(join(folder, name), { force: true });
      else await moveInto(resolve(folder, after.move), join(folder, name), name);
    // A power cut that brought them back would have them carried a second time.
    await syncFolder(folder);
    return true;
  } catch (cause) {
    const why = cause instanceof AppError ? cause.message : errnoOf(cause);
    const doing = `Cannot ${after === 'remove' ? 'remove' : 'move'} ${join(folder, file.name)}`;
    throw new AppError('source_not_cleared', `${doing}: ${why}`, { cause });
  }
}

/**
 * Beneath a share that is not mounted lies an empty folder. One that has files is no such place: then the drops come to a plain
 * folder by now, and what was taken from the share is gone with it.
 */
async function expectMounted(folder: string): Promise<void> {
  if ((await isMountPoint(folder)) || (await readdir(folder)).length > 0) return;
  throw new AppError('source_not_cleared', `nothing is mounted at ${folder} now`);
}

/** See Source.expectClearable. A folder to move into that is not there yet is made where it may be. */
export async function expectLocalClearable(
  folder: string,
  { after }: Pick<SourceSettings, 'after'>,
): Promise<string | undefined> {
  if (after === 'leave') return undefined;
  const targets = after === 'remove' ? [] : [await nearestThere(resolve(folder, after.move))];
  const doing = after === 'remove' ? 'removed from' : 'moved out of';
  for (const each of [folder, ...targets])
    await access(each, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
      const where = each === folder ? '' : ` into ${each}`;
      const sentence = `No file can be ${doing} ${folder}${where}: ${errnoOf(cause)}`;
      throw new AppError('source_not_cleared', sentence, { cause });
    });
  return undefined;
}

async function nearestThere(path: string): Promise<string> {
  if (dirname(path) === path || (await factsOf(path))) return path;
  return nearestThere(dirname(path));
}

async function factsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}

async function moveInto(target: string, from: string, name: string): Promise<void> {
  if (!(await factsOf(from))) return;
  await makeFolder(target);
  const to = join(target, await freeName(target, name));
  try {
    await rename(from, to);
  } catch (cause) {
    if (errnoOf(cause) !== 'EXDEV') throw cause;
    await carryOver(from, to);
  }
  await syncFolder(target);
}

async function freeName(target: string, name: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1)
    if (!(await factsOf(join(target, nameAt(name, attempt))))) return nameAt(name, attempt);
}

/** To another disk: the original goes only after the copy was read back. */
async function carryOver(from: string, to: string): Promise<void> {
  const temporary = `${to}.part`;
  const { atime, mtime } = await stat(from);
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL);
    await utimes(temporary, atime, mtime);
    await syncFile(temporary);
    const [original, copy] = [await hashFile(from), await hashFile(temporary)];
    if (original.sha256 !== copy.sha256)
      throw new AppError('local_io', `The copy ${temporary} is not the same`);
    await rename(temporary, to);
  } catch (fault) {
    await rm(temporary, { force: true });
    throw fault;
  }
  await syncFolder(resolve(to, '..'));
  await unlink(from);
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}
