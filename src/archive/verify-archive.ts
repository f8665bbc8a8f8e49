import { basename, dirname, join, resolve } from 'node:path';
import { checkChain } from './check-chain.ts';
import { checkDestructions } from './check-destructions.ts';
import {
  connectionFolder,
  HEAD_FILE,
  isPurge,
  isRun,
  MANIFEST_FILE,
  MONTH,
  SUMS_FILE,
  TEMPORARY,
  YEAR,
} from './layout.ts';
import { destroyedBy, readDestructions } from './read-destructions.ts';
import { isThere, readEntries } from './read-entries.ts';
import type { Destruction } from './schema.ts';
import { listConnections, listSealedFolders } from './sealed-folders.ts';
import { type ArchiveProblem, type RunVerification, verifyRunFolder } from './verify-run-folder.ts';

export interface Verification {
  /** Empty where everything is as it was sealed. */
  problems: ArchiveProblem[];
  runsChecked: number;
  filesChecked: number;
  /** What purges destroyed by rule, one after the other. */
  purges: VerifiedPurge[];
}

/** A purge as its record tells it. */
export interface VerifiedPurge {
  connection: string;
  purge: string;
  at: string;
  by: string;
  rules: string[];
  runs: number;
  files: number;
  /** Files that it named and that still lie there: the next purge destroys them. */
  left: number;
}

/** Called with each run that was checked, for whoever shows progress. */
export type VerifyProgress = (run: string) => void;

/**
 * Recomputes the hashes of every sealed run, of one connection or of all, and the chain between them.
 * Throws where the archive itself cannot be listed.
 */
export async function verifyArchive(
  archive: string,
  connection?: string,
  progress: VerifyProgress = () => {},
): Promise<Verification> {
  await readEntries(archive);
  const connections = connection === undefined ? await listConnections(archive) : [connection];
  const whole: Verification = { problems: [], runsChecked: 0, filesChecked: 0, purges: [] };
  for (const name of connections) {
    const part = await verifyConnection(archive, name, progress);
    whole.problems.push(...part.problems);
    whole.runsChecked += part.runsChecked;
    whole.filesChecked += part.filesChecked;
    whole.purges.push(...part.purges);
  }
  return whole;
}

/** What a path names: the folder of one run, that of a connection, or else an archive. */
export type NamedFolder = { run: string } | { run?: undefined; archive: string; connection?: string };

export async function nameFolder(path: string): Promise<NamedFolder> {
  const whole = resolve(path);
  if ((await isThere(join(whole, MANIFEST_FILE))) || (await isThere(join(whole, SUMS_FILE))))
    return { run: whole };
  if (await isThere(join(whole, HEAD_FILE))) return { archive: dirname(whole), connection: basename(whole) };
  return { archive: whole };
}

/** Verifies what a path names: an archive, the folder of a connection, or the folder of one run. */
export async function verifyPath(path: string, progress?: VerifyProgress): Promise<Verification> {
  const named = await nameFolder(path);
  if (named.run === undefined) return verifyArchive(named.archive, named.connection, progress);
  const { problems, filesChecked } = await verifyInPlace(named.run);
  return { problems, runsChecked: 1, filesChecked, purges: [] };
}

/** One folder, knowing what purges destroyed of it where it lies in its archive. */
export async function verifyInPlace(path: string): Promise<RunVerification> {
  const connection = dirname(dirname(dirname(path)));
  const isInPlace = await isThere(join(connection, HEAD_FILE));
  const purges = isInPlace ? await readDestructions(dirname(connection), basename(connection)) : [];
  const destroyed = destroyedBy(purges.map(({ destruction }) => destruction));
  return verifyRunFolder(path, undefined, destroyed.get(basename(path)));
}

async function verifyConnection(
  archive: string,
  connection: string,
  progress: VerifyProgress,
): Promise<Verification> {
  const problems = await listStrays(archive, connection);
  const purges = await readDestructions(archive, connection);
  const destroyed = destroyedBy(purges.map(({ destruction }) => destruction));
  const runs = new Map<string, RunVerification['sealed']>();
  const left = new Map<string, number>();
  let filesChecked = 0;
  for (const folder of await listSealedFolders(archive, connection)) {
    const run = await verifyRunFolder(folder.path, connection, destroyed.get(folder.run));
    problems.push(...run.problems);
    filesChecked += run.filesChecked;
    left.set(folder.run, run.filesLeft);
    if (run.sealed && run.sealed.manifest.connection !== connection)
      problems.push({ connection, run: folder.run, file: MANIFEST_FILE, problem: 'altered' });
    if (runs.has(folder.run)) problems.push({ connection, run: folder.run, file: '', problem: 'added' });
    runs.set(folder.run, run.sealed);
    progress(folder.run);
  }
  problems.push(...checkDestructions(connection, purges, runs));
  problems.push(...(await checkChain(archive, connection, runs)));
  return {
    problems: withoutRepeats(problems),
    runsChecked: [...runs.keys()].filter(isRun).length,
    filesChecked,
    purges: purges.flatMap(({ destruction }) => (destruction ? [describePurge(destruction, left)] : [])),
  };
}

function describePurge(
  { connection, purge, at, by, runs }: Destruction,
  left: ReadonlyMap<string, number>,
): VerifiedPurge {
  const files = runs.flatMap((one) => one.files);
  const rules = [
    ...new Set(files.map(({ rule, older_than }) => (older_than ? `${rule} ${older_than}` : rule))),
  ];
  const own = runs.filter(({ run }) => !isPurge(run));
  return {
    connection,
    purge,
    at,
    by,
    rules,
    runs: own.length,
    files: files.length,
    left: runs.reduce((sum, { run }) => sum + (left.get(run) ?? 0), 0),
  };
}

/** What lies between the folders of the runs, where nothing but folders of years and months belongs. */
async function listStrays(archive: string, connection: string): Promise<ArchiveProblem[]> {
  const root = connectionFolder(archive, connection);
  const strays: string[] = [];
  if (!(await isThere(root))) return [];
  for (const year of await readEntries(root)) {
    if (!year.isDirectory() || !YEAR.test(year.name)) {
      if (year.name !== HEAD_FILE) strays.push(year.name);
      continue;
    }
    for (const month of await readEntries(join(root, year.name))) {
      const path = `${year.name}/${month.name}`;
      if (!month.isDirectory() || !MONTH.test(month.name)) strays.push(path);
      else
        for (const run of await readEntries(join(root, path)))
          if (!run.isDirectory() || run.name.startsWith('.')) strays.push(`${path}/${run.name}`);
    }
  }
  return strays
    .filter((file) => !TEMPORARY.test(basename(file)))
    .map((file) => ({ connection, run: '', file, problem: 'added' }));
}

function withoutRepeats(problems: readonly ArchiveProblem[]): ArchiveProblem[] {
  const seen = new Map(problems.map((one) => [`${one.run} ${one.file} ${one.problem}`, one]));
  return [...seen.values()];
}
