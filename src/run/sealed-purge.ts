import { join } from 'node:path';
import { DESTRUCTION_FILE } from '../archive/layout.ts';
import type { SealedManifest } from '../archive/manifest.ts';
import { readDestruction } from '../archive/read-destructions.ts';
import type { Destruction } from '../archive/schema.ts';
import type { Unseal } from '../archive/unseal-files.ts';
import { AppError } from '../errors/app-error.ts';
import type { SealedMemory } from '../ledger/apply-runs.ts';
import type { AppliedRun } from '../ledger/ledger.ts';
import { readSealedEntries } from './stored-memory.ts';

/** A purge is a link of the chain as a run is, and teaches what is to be forgotten. */
export async function readSealedPurge(
  folderPath: string,
  sealed: SealedManifest,
  unseal: Unseal,
): Promise<SealedMemory> {
  const destruction = await readDestruction(folderPath);
  if (!destruction)
    throw new AppError('memory_unreadable', 'The record of the purge is none', {
      place: { file: join(folderPath, DESTRUCTION_FILE) },
    });
  return {
    run: appliedPurge(destruction, sealed.sha256),
    entries: readSealedEntries(folderPath, sealed.manifest, unseal),
  };
}

/** As the ledger keeps a purge. */
export function appliedPurge(
  { purge, connection, date, at }: Destruction,
  manifestSha256: string,
): AppliedRun {
  const when = { businessDate: date, startedAt: at, finishedAt: at };
  return { id: purge, connection, outcome: 'purged', ...when, manifestSha256, totals: {} };
}
