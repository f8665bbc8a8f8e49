import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChainEnd, findChainEnd } from '../archive/chain.ts';
import { isAcknowledgement, isPurge, MANIFEST_FILE } from '../archive/layout.ts';
import { asStored, parseJson, readManifest } from '../archive/manifest.ts';
import { forgetPlainAside } from '../archive/plain-aside.ts';
import { isThere } from '../archive/read-entries.ts';
import { readText } from '../archive/read-text.ts';
import type { Manifest } from '../archive/schema.ts';
import { listConnections } from '../archive/sealed-folders.ts';
import { refuseUnseal } from '../archive/unseal-files.ts';
import { AppError, asAppError } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { hashFile } from '../files/hash-file.ts';
import type { SealedMemory } from '../ledger/apply-runs.ts';
import { checkAgainstArchive } from '../ledger/check-against-archive.ts';
import { lockConnection } from '../ledger/connection-lock.ts';
import type { SentFile } from '../ledger/disclosure.ts';
import type { AppliedRun, Ledger } from '../ledger/ledger.ts';
import { MEMORY_FILE } from '../ledger/read-memory.ts';
import { type Report, reportSchema } from '../report/schema.ts';
import type { Outcome } from '../vocabulary/run.ts';
import { readSealedAcknowledgement } from './sealed-acknowledgement.ts';
import { readSealedPurge } from './sealed-purge.ts';
import { readSealedEntries } from './stored-memory.ts';

/**
 * What a sealed run taught. Its entries are read when they are asked for.
 * Throws memory_unreadable where the run has no memory of what it delivered, or not the one that was sealed.
 */
export async function readSealedMemory(folderPath: string, unseal = refuseUnseal): Promise<SealedMemory> {
  const sealed = await readManifest(folderPath);
  if (!sealed) throw unreadable('The manifest of the run is none', join(folderPath, MANIFEST_FILE));
  if (isPurge(sealed.manifest.run)) return readSealedPurge(folderPath, sealed, unseal);
  if (isAcknowledgement(sealed.manifest.run)) return readSealedAcknowledgement(folderPath, sealed, unseal);
  const { run, totals, outputs = [] } = await readSealedReport(folderPath);
  const sent = outputs.filter(({ delivered_at }) => delivered_at !== '');
  const isKept = await hasMemory(folderPath, sealed.manifest, run.outcome);
  return {
    run: {
      ...appliedOf({ run, totals }, sealed.sha256),
      ...(sent.length > 0 && { outputs: sent.map(asSentFile) }),
    },
    entries: isKept ? readSealedEntries(folderPath, sealed.manifest, unseal) : NOTHING,
  };
}

/** A run as the ledger keeps it, as far as its report alone tells. */
export function appliedOf(
  { run, totals }: Pick<Report, 'run' | 'totals'>,
  manifestSha256: string,
): AppliedRun {
  return {
    id: run.id,
    connection: run.connection,
    outcome: run.outcome,
    businessDate: run.business_date,
    startedAt: run.started_at,
    finishedAt: run.finished_at,
    manifestSha256,
    totals,
  };
}

/**
 * Brings the ledger up to the last sealed run of a connection, of which it may lack that one alone. To be called while
 * the lock of the connection is held: before anything else, and after each seal.
 * Throws ledger_younger, memory_unreadable.
 */
export async function catchUp(
  ledger: Pick<Ledger, 'apply' | 'findRun' | 'generation'>,
  archivePath: string,
  connection: string,
  unseal = refuseUnseal,
): Promise<void> {
  const end = await findChainEnd(archivePath, connection);
  if (!end) return;
  if (await isBehind(ledger, end)) {
    const { run, entries } = await readSealedMemory(wholeEnd(end).path, unseal);
    await ledger.apply(run, entries);
  }
  await forgetPlainAside(archivePath, connection);
}

/**
 * The same for whoever only asks, and holds no lock: a connection that is being run is brought up to date by its run.
 * Throws ledger_younger, memory_unreadable.
 */
export async function catchUpAll(ledger: Ledger, archivePath: string, unseal = refuseUnseal): Promise<void> {
  for (const connection of await listConnections(archivePath)) {
    const end = await findChainEnd(archivePath, connection);
    if (!end || !(await isBehind(ledger, end))) continue;
    try {
      using _lock = lockConnection(archivePath, connection);
      await catchUp(ledger, archivePath, connection, unseal);
    } catch (thrown) {
      if (asAppError(thrown).code !== 'already_running') throw thrown;
    }
  }
}

async function isBehind(ledger: Pick<Ledger, 'findRun' | 'generation'>, end: ChainEnd): Promise<boolean> {
  // Without its manifest nobody knows what it follows, so that it cannot be told whether the rest is known.
  if (!end.sealed && !(await ledger.findRun(end.run))) wholeEnd(end);
  const previous = end.sealed?.manifest.previous;
  const { behind } = await checkAgainstArchive(ledger, [{ ...end, previous }]);
  return behind.length > 0;
}

function wholeEnd({ connection, run, sealed }: ChainEnd): NonNullable<ChainEnd['sealed']> {
  if (sealed) return sealed;
  const sentence = `The run ${run} of ${connection} was sealed last, and its folder is gone or altered`;
  throw new AppError('memory_unreadable', sentence, { context: { connection, run } });
}

const NOTHING: SealedMemory['entries'] = { async *[Symbol.asyncIterator]() {} };

async function readSealedReport(folderPath: string) {
  const path = join(folderPath, 'report.json');
  const report = reportSchema
    .pick({ run: true, totals: true, outputs: true })
    .partial({ outputs: true })
    .safeParse(parseJson(await readText(path)));
  if (report.success) return report.data;
  throw unreadable('The report of the run is none', path);
}

function asSentFile({ delivered_at: deliveredAt, ...file }: Report['outputs'][number]): SentFile {
  return { ...file, deliveredAt };
}

async function hasMemory(folderPath: string, manifest: Manifest, outcome: Outcome): Promise<boolean> {
  const path = join(folderPath, MEMORY_FILE);
  const listed = manifest.files.find((file) => file.path === MEMORY_FILE);
  if (listed) {
    const stored = asStored(listed);
    const lies = join(folderPath, stored.path);
    if ((await isThere(lies)) && (await sizeOf(lies)) === stored.bytes) return true;
    throw unreadable('What the run remembers is gone, or is not as it was sealed', path);
  }
  // What was not delivered taught nothing.
  if (outcome === 'failed' || outcome === 'cancelled') return false;
  throw new AppError('memory_unreadable', `The run was sealed without a ${MEMORY_FILE}`, {
    place: { file: path },
    hint: 'It is of a version that did not remember yet: begin a new archive under archive.path, with a ledger of its own.',
  });
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw diskError(`Cannot look at ${path}`, cause);
  }
}

/** Throws memory_unreadable where what a run remembers is not what was sealed. */
export async function refuseAltered(
  folderPath: string,
  manifest: Manifest,
  file = MEMORY_FILE,
): Promise<void> {
  const listed = manifest.files.find((one) => one.path === file);
  if (!listed) return;
  const stored = asStored(listed);
  const path = join(folderPath, stored.path);
  const { sha256 } = await hashFile(path);
  if (sha256 !== stored.sha256) throw unreadable('What the run remembers is not as it was sealed', path);
}

function unreadable(sentence: string, file: string): AppError {
  return new AppError('memory_unreadable', sentence, { place: { file } });
}
