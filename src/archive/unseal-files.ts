import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decryptFile } from '../encryption/decrypt-file.ts';
import type { DecryptionKeys } from '../encryption/read-keys.ts';
import { AppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { makeFolder } from '../files/write-whole.ts';
import { MANIFEST_FILE, OPEN } from './layout.ts';
import { readManifest, type SealedFile } from './manifest.ts';
import { isThere, readEntries } from './read-entries.ts';

/** A folder with plain copies of files of a sealed run, for as long as they are read. */
export interface UnsealedFiles extends AsyncDisposable {
  folder: string;
}

/**
 * Makes the files of a sealed run readable that `isWanted` names by their plain paths, with its manifest.
 * Throws archive_key_missing, encrypted_wrong_key, archive_altered, and what decryptFile throws.
 */
export type Unseal = (folder: string, isWanted: (path: string) => boolean) => Promise<UnsealedFiles>;

/** @param keys asked for when something is to be decrypted; undefined where there are none */
export function openUnseal(archive: string, keys: () => Promise<DecryptionKeys | undefined>): Unseal {
  return async (folder, isWanted) => {
    const sealed = await readManifest(folder);
    if (!sealed)
      throw new AppError('archive_altered', 'The manifest of a sealed run is none', {
        place: { file: join(folder, MANIFEST_FILE) },
      });
    const found = await keys();
    if (!found) throw keyMissing(folder);
    const scratch = await makeScratch(archive);
    const files = {
      folder: scratch,
      [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
    };
    try {
      await copyFile(join(folder, MANIFEST_FILE), join(scratch, MANIFEST_FILE));
      for (const file of sealed.manifest.files)
        if (isWanted(file.path)) await unsealFile(file, { folder, scratch, keys: found });
      return files;
    } catch (fault) {
      await files[Symbol.asyncDispose]();
      throw fault;
    }
  };
}

/** For whoever has no keys, and may need none. */
export const refuseUnseal: Unseal = async (folder) => {
  throw keyMissing(folder);
};

function keyMissing(folder: string): AppError {
  return new AppError('archive_key_missing', `${folder} is encrypted, and archive.decrypt names no identity`);
}

async function unsealFile(
  file: SealedFile,
  { folder, scratch, keys }: { folder: string; scratch: string; keys: DecryptionKeys },
): Promise<void> {
  const to = join(scratch, file.path);
  await makeFolder(dirname(to));
  const from = join(folder, file.stored?.path ?? file.path);
  if (!file.stored) {
    await copyFile(from, to).catch((cause: unknown) => {
      throw diskError(`Cannot copy ${from}`, cause);
    });
    return;
  }
  const { sha256 } = await decryptFile(from, to, keys);
  // Anybody who knows the recipients can encrypt for them: that it opens does not say that it was sealed so.
  if (sha256 !== file.sha256)
    throw new AppError('archive_altered', `${from} has other bytes in it than those that were sealed`, {
      place: { file: from },
    });
}

const SCRATCH = '.unsealed.';

async function makeScratch(archive: string): Promise<string> {
  const open = join(archive, OPEN);
  await makeFolder(open);
  try {
    return await mkdtemp(join(open, `${SCRATCH}${process.pid}.`));
  } catch (cause) {
    throw diskError(`Cannot make a folder in ${open}`, cause);
  }
}

/** What processes left that were killed while they read. */
export async function clearScratch(archive: string): Promise<void> {
  const open = join(archive, OPEN);
  if (!(await isThere(open))) return;
  for (const { name } of await readEntries(open)) {
    if (!name.startsWith(SCRATCH) || isRunning(Number(name.split('.')[2]))) continue;
    await rm(join(open, name), { recursive: true, force: true }).catch((cause: unknown) => {
      throw diskError(`Cannot clear ${open}`, cause);
    });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
