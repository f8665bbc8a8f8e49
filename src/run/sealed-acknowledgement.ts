import { join } from 'node:path';
import { ACKNOWLEDGEMENT_FILE } from '../archive/layout.ts';
import type { SealedManifest } from '../archive/manifest.ts';
import { readAcknowledgement } from '../archive/read-acknowledgements.ts';
import type { Unseal } from '../archive/unseal-files.ts';
import { AppError } from '../errors/app-error.ts';
import type { SealedMemory } from '../ledger/apply-runs.ts';
import { readSealedEntries } from './stored-memory.ts';

/** An answer of the importing system is a link of the chain as a run is, and teaches what it said of each student. */
export async function readSealedAcknowledgement(
  folderPath: string,
  { manifest, sha256 }: SealedManifest,
  unseal: Unseal,
): Promise<SealedMemory> {
  const record = await readAcknowledgement(folderPath);
  if (!record)
    throw new AppError('memory_unreadable', 'The record of the acknowledgement is none', {
      place: { file: join(folderPath, ACKNOWLEDGEMENT_FILE) },
    });
  const { acknowledgement: id, connection, date: businessDate, at } = record;
  const when = { businessDate, startedAt: at, finishedAt: at };
  return {
    run: { id, connection, outcome: 'acknowledged', ...when, manifestSha256: sha256, totals: {} },
    entries: readSealedEntries(folderPath, manifest, unseal),
  };
}
