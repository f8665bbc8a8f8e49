import { dirname, join } from 'node:path';
import { encryptFile } from '../encryption/encrypt-file.ts';
import { encryptedName } from '../encryption/encrypted-name.ts';
import type { Recipients } from '../encryption/read-recipients.ts';
import { hashFile } from '../files/hash-file.ts';
import { makeFolder } from '../files/write-whole.ts';
import { type KnownFiles, notAsKnown } from './known-files.ts';
import { KEPT_FOLDERS } from './layout.ts';
import type { SealedFile } from './manifest.ts';
import { readTree } from './read-entries.ts';

/**
 * Writes every file of `plainFolder`, encrypted, to the same place beneath `folder`: exceptions.csv as exceptions.csv.age.
 * @returns what is known of each, by its path in the folder: the hashes of a manifest are those of the plain bytes
 * Throws local_io where a known file is another one: once it is encrypted, nobody without a key would find that.
 */
export async function encryptFolder(
  plainFolder: string,
  folder: string,
  { recipients, known }: { recipients: Recipients; known: KnownFiles },
): Promise<Map<string, SealedFile>> {
  const files = new Map<string, SealedFile>();
  for (const name of KEPT_FOLDERS) await makeFolder(join(folder, name));
  for (const path of (await readTree(plainFolder)).files) {
    const [from, storedPath] = [join(plainFolder, path), encryptedName(path, recipients.scheme)];
    await makeFolder(dirname(join(folder, storedPath)));
    const plain = await hashFile(from);
    if ((known.get(path)?.sha256 ?? plain.sha256) !== plain.sha256)
      throw notAsKnown(from, 'has other bytes than before');
    const stored = await encryptFile(from, join(folder, storedPath), recipients);
    files.set(storedPath, {
      path,
      bytes: plain.sizeBytes,
      sha256: plain.sha256,
      stored: { path: storedPath, bytes: stored.sizeBytes, sha256: stored.sha256 },
    });
  }
  return files;
}
