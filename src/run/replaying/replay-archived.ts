import { join } from 'node:path';
import { findRun } from '../../archive/list-runs.ts';
import { isThere } from '../../archive/read-entries.ts';
import { listOpenRuns, readRunState } from '../../archive/run-folder.ts';
import { refuseUnseal, type Unseal } from '../../archive/unseal-files.ts';
import { verifyInPlace } from '../../archive/verify-archive.ts';
import { AppError } from '../../errors/app-error.ts';
import { hashFile } from '../../files/hash-file.ts';
import type { Report } from '../../report/schema.ts';
import type { Lane, RunRecord } from '../open-run.ts';
import { readReport } from '../read-report.ts';

/** A run of the archive whose drop can be carried again. */
export interface ArchivedRun extends AsyncDisposable {
  report: Report;
  /** Of the run: sealed, or open and held. */
  folder: string;
  isSealed: boolean;
  /** Where it lies in the archive: another folder where its files had to be decrypted. */
  archivedIn: string;
  /** By the names of the connection, in the order in which they were taken: where each file of the drop lies. */
  inbound: ReadonlyMap<string, string>;
  /** Of a held run that is about some students alone. */
  lane?: Lane;
}

/**
 * Finds a sealed run of any outcome, or a held one, and sees that everything it kept is as it was.
 * Throws unknown_run, usage for a run that cannot be replayed, input_missing, archive_altered.
 */
export async function findArchivedRun(
  archivePath: string,
  run: string,
  unseal = refuseUnseal,
): Promise<ArchivedRun> {
  const found = await findRun(archivePath, run);
  if (!found) throw new AppError('unknown_run', `There is no run ${JSON.stringify(run)} in ${archivePath}`);
  if (found.place === 'dry')
    throw new AppError('usage', `${run} was a dry run; only what was carried can be replayed`, {
      hint: `Name a run that rosterferry runs lists, or try the drop again with rosterferry run --dry-run.`,
    });
  return found.place === 'sealed' ? openSealed(run, found.path, unseal) : openHeld(archivePath, run);
}

async function openSealed(run: string, folder: string, unseal: Unseal): Promise<ArchivedRun> {
  const { problems, sealed } = await verifyInPlace(folder);
  const broken = problems.filter(({ problem }) => problem !== 'added');
  const gone = broken.find(({ file, problem }) => problem === 'missing' && file.startsWith('inbound/'));
  if (gone) throw dropMissing(run, join(folder, gone.file));
  const [first] = broken;
  if (first) throw altered(run, join(folder, first.file));
  const report = await readReport(folder);
  if (report.lane !== undefined) throw unknownLane(report);
  const isEncrypted = sealed?.manifest.files.some(({ stored }) => stored !== undefined);
  const files = isEncrypted ? await unseal(folder, isReplayed) : undefined;
  const plain = files?.folder ?? folder;
  const inbound = inboundOf(report, plain);
  await refuseMissing(run, inbound);
  return {
    report,
    folder: plain,
    archivedIn: folder,
    isSealed: true,
    inbound,
    [Symbol.asyncDispose]: async () => files?.[Symbol.asyncDispose](),
  };
}

async function openHeld(archivePath: string, run: string): Promise<ArchivedRun> {
  const folder = (await listOpenRuns(archivePath)).find((one) => one.run === run);
  const record = folder && (await readRunState<RunRecord>(folder));
  if (!folder || record?.state !== 'held')
    throw new AppError('usage', `The run ${run} is at work, and cannot be replayed before it ended`, {
      hint: 'Wait for its end; rosterferry status shows it.',
    });
  const report = await readReport(folder.path);
  const inbound = inboundOf(report, folder.path);
  await refuseMissing(run, inbound);
  await refuseAltered(report, folder.path, inbound);
  const { lane } = record;
  return {
    report,
    folder: folder.path,
    archivedIn: folder.path,
    isSealed: false,
    inbound,
    ...(lane && { lane }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** What a replay reads of the folder of a run; what it taught is read from the archive itself. */
function isReplayed(path: string): boolean {
  return /^(inbound|mapping)\/|^(report\.json|exceptions\.csv)$/.test(path);
}

/** What was encrypted is replayed as it was received. */
function inboundOf({ inputs }: Report, folder: string): Map<string, string> {
  return new Map(
    inputs.map(({ name, file, received }) => [name, join(folder, 'inbound', received?.file ?? file)]),
  );
}

/** The same by the names under which it is to be claimed: a zip that was encrypted is one file. */
export function claimsOf({ report, inbound }: ArchivedRun): ReadonlyMap<string, string> {
  const claims = new Map<string, string>();
  for (const { name, received } of report.inputs) {
    const path = inbound.get(name) ?? '';
    // One that was read a second time is read a second time again.
    if (![...claims.values()].includes(path)) claims.set(received?.name ?? name, path);
  }
  return claims;
}

async function refuseMissing(run: string, inbound: ReadonlyMap<string, string>): Promise<void> {
  for (const path of inbound.values()) if (!(await isThere(path))) throw dropMissing(run, path);
}

/** What is not sealed yet has no manifest; its report knows the files that were received and drafted. */
async function refuseAltered(
  { run, inputs, outputs }: Report,
  folder: string,
  inbound: ReadonlyMap<string, string>,
): Promise<void> {
  const kept = [
    ...inputs.map(({ name, sha256, received }) => ({
      path: inbound.get(name) ?? '',
      sha256: received?.sha256 ?? sha256,
    })),
    ...outputs.map(({ file, sha256 }) => ({ path: join(folder, 'outbound', file), sha256 })),
  ];
  for (const { path, sha256 } of kept)
    if (!(await isThere(path)) || (await hashFile(path)).sha256 !== sha256) throw altered(run.id, path);
}

function dropMissing(run: string, path: string): AppError {
  return new AppError('input_missing', `The run ${run} cannot be replayed: its drop lacks ${path}`, {
    hint: 'Put inbound/ of that run back from a backup of the archive; rosterferry verify then says whether it is as it was.',
  });
}

function altered(run: string, path: string): AppError {
  return new AppError('archive_altered', `The run ${run} is not replayed: ${path} is not as it was then`);
}

/** The ids that were named after --only are not in a sealed folder, and a guess would compare other students. */
function unknownLane({ run, lane, inputs }: Report): AppError {
  const files = inputs.map(({ name }) => `--file ${name}=PATH`).join(' ');
  return new AppError(
    'usage',
    `The run ${run.id} was for some students alone (${lane}), and the archive does not say which`,
    {
      hint: `Name them again: rosterferry run ${run.connection} --dry-run --only ID,... --as-of ${run.business_date} ${files}`,
    },
  );
}
