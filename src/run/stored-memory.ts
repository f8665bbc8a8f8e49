import { dirname, join } from 'node:path';
import { plainBeside } from '../archive/layout.ts';
import { isThere } from '../archive/read-entries.ts';
import type { Manifest } from '../archive/schema.ts';
import type { Unseal } from '../archive/unseal-files.ts';
import { hashFile } from '../files/hash-file.ts';
import { MEMORY_FILE, readWritten } from '../ledger/read-memory.ts';
import type { ToldEntries, ToldEntry } from '../ledger/written-record.ts';

/**
 * The entries of the memory of a sealed run, read when they are asked for. Where it is encrypted: from the plain one that
 * is kept aside until the ledger knows them, which needs no key; later decrypted, for as long as it is read.
 * Reading throws archive_key_missing and what else unsealing throws.
 */
export function readSealedEntries(folderPath: string, manifest: Manifest, unseal: Unseal): ToldEntries {
  const isEncrypted = manifest.files.find(({ path }) => path === MEMORY_FILE)?.stored !== undefined;
  return isEncrypted
    ? readEncrypted(folderPath, manifest, unseal)
    : readWritten(join(folderPath, MEMORY_FILE));
}

function readEncrypted(folderPath: string, manifest: Manifest, unseal: Unseal): ToldEntries {
  async function* batches(): AsyncGenerator<readonly ToldEntry[]> {
    const aside = await findAside(folderPath, manifest);
    if (aside !== undefined) return yield* batchesOf(readWritten(aside));
    await using files = await unseal(folderPath, (path) => path === MEMORY_FILE);
    yield* batchesOf(readWritten(join(files.folder, MEMORY_FILE)));
  }
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches()) yield* batch;
    },
  };
}

async function* batchesOf(entries: ToldEntries): AsyncGenerator<readonly ToldEntry[]> {
  if (entries.batches) yield* entries.batches();
  else for await (const entry of entries) yield [entry];
}

async function findAside(folderPath: string, { run, files }: Manifest): Promise<string | undefined> {
  // The folder of a sealed run lies beneath its connection, year and month.
  const archive = dirname(dirname(dirname(dirname(folderPath))));
  const path = join(plainBeside(archive, run), MEMORY_FILE);
  const listed = files.find((file) => file.path === MEMORY_FILE);
  if (!listed || !(await isThere(path))) return undefined;
  return (await hashFile(path)).sha256 === listed.sha256 ? path : undefined;
}
