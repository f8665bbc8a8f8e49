import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import type { FileDigest } from '../files/hash-file.ts';

/**
 * By their paths in the folder of a run: what files were when they were received or drafted. A manifest takes their digests
 * from here. To hash what lies there at the end would bless whatever a failing disk made of it since.
 */
export type KnownFiles = ReadonlyMap<string, FileDigest>;

/** Looks at sizes alone. Throws local_io where a file is gone or has another size: nothing is sealed that cannot be what it was. */
export async function expectKnown(folder: string, known: KnownFiles): Promise<void> {
  for (const [file, { sizeBytes }] of known) {
    const path = join(folder, file);
    const facts = await lookAt(path);
    if (!facts?.isFile()) throw notAsKnown(path, 'is gone');
    if (facts.size !== sizeBytes) throw notAsKnown(path, `has ${facts.size} bytes, and had ${sizeBytes}`);
  }
}

/** @param what as in "is gone" */
export function notAsKnown(path: string, what: string): AppError {
  return new AppError('local_io', `The file ${path} ${what}; the run is not sealed`, {
    hint: 'Check the disk. Put the file back as it was received or drafted, from the source, the destination or a backup; the next run then seals this one.',
  });
}

async function lookAt(path: string) {
  try {
    return await lstat(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR') return undefined;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}
