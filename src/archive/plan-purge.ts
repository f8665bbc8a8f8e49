import { join } from 'node:path';
import { addDays } from '../time/calendar-date.ts';
import { durationMs } from '../time/duration.ts';
import { CHECKPOINT_FILE, isPurge } from './layout.ts';
import { type ChainedRun, listChain } from './list-chain.ts';
import { readSummary } from './list-runs.ts';
import { asStored } from './manifest.ts';
import { type Destroyed, destroyedBy, readDestructions } from './read-destructions.ts';
import type { Destruction, DestructionRule, Hold } from './schema.ts';

/** How long what is kept, and what is kept longer: of one connection, defaults filled in. */
export interface Retention {
  files: string;
  reports: string;
  hold: readonly Hold[];
}

/** What is due: nothing is touched yet. */
export interface PurgePlan {
  connection: string;
  /** The day by which ages are counted, yyyy-MM-dd. */
  date: string;
  retain: { files: string; reports: string };
  /** Runs with files that are due, the oldest first, and the paths of their folders. */
  runs: readonly (Destruction['runs'][number] & { path: string })[];
  /** Runs of which something would be due, and that a hold keeps. */
  held: Destruction['held'];
}

/**
 * What of a connection is older than its retention. Ages are counted in days from the day on which a run was sealed: what
 * is kept 400 days goes on the day after. What was destroyed before is not named again, and manifests never go.
 * Throws memory_unreadable where the chain is broken: then nobody may destroy anything.
 */
export async function planPurge(
  archive: string,
  connection: string,
  { today, retention }: { today: string; retention: Retention },
): Promise<PurgePlan> {
  const { files, reports, hold } = retention;
  const plan = { connection, date: today, retain: { files, reports } };
  const before = destroyedBy((await readDestructions(archive, connection)).map((one) => one.destruction));
  const dueOf = compileDue(plan, before);
  const runs: PurgePlan['runs'][number][] = [];
  const held: PurgePlan['held'] = [];
  const chain = await listChain(archive, connection);
  for (const sealed of chain) {
    const due = dueOf(sealed);
    if (due.length === 0) continue;
    const reason = await whyHeld(sealed, hold);
    if (reason === undefined) runs.push(entryOf(sealed, due));
    else held.push({ run: sealed.run, reason });
  }
  // The checkpoints of former purges are of no use beside the one that this purge makes.
  if (runs.length > 0) runs.push(...chain.flatMap((sealed) => supersededIn(sealed, before)));
  return { ...plan, runs, held };
}

type DueFile = Destruction['runs'][number]['files'][number];

function compileDue({ date, retain }: Pick<PurgePlan, 'date' | 'retain'>, before: Destroyed) {
  const lastDay = (age: string) => addDays(date, -Math.round(durationMs(age) / durationMs('1d')));
  const lastDays = { files: lastDay(retain.files), reports: lastDay(retain.reports) };
  return ({ run, manifest }: ChainedRun): DueFile[] => {
    if (isPurge(run)) return [];
    const sealedOn = manifest.sealed_at.slice(0, 10);
    return manifest.files.flatMap((file) => {
      const kind = kindOf(file.path);
      const lies = asStored(file);
      if (before.get(run)?.has(lies.path) || sealedOn >= lastDays[kind]) return [];
      return [{ ...lies, rule: `retain.${kind}` as const, older_than: retain[kind] }];
    });
  };
}

const REPORTS = /^(report\.(json|html)$|acknowledgement\.json$|mapping\/)/;

/** Reports, mappings and settings tell what was done. All else may hold what was sent of students. */
function kindOf(path: string): 'files' | 'reports' {
  return REPORTS.test(path) ? 'reports' : 'files';
}

function supersededIn(sealed: ChainedRun, before: Destroyed): PurgePlan['runs'] {
  if (!isPurge(sealed.run)) return [];
  const rule: DestructionRule = 'superseded';
  const due = sealed.manifest.files
    .filter(({ path }) => path === CHECKPOINT_FILE)
    .map(asStored)
    .filter(({ path }) => !before.get(sealed.run)?.has(path));
  return due.length === 0
    ? []
    : [
        entryOf(
          sealed,
          due.map((file) => ({ ...file, rule })),
        ),
      ];
}

function entryOf({ run, path, manifest }: ChainedRun, files: DueFile[]): PurgePlan['runs'][number] {
  return { run, path, folder: folderOf(path, run), sealed_at: manifest.sealed_at, files };
}

/** Year, month and run, with slashes. */
function folderOf(path: string, run: string): string {
  const [year = '', month = ''] = path.split(/[\\/]/).slice(-3);
  return `${year}/${month}/${run}`;
}

/** A run is held where either its business date or the day of its seal lies in a hold. */
async function whyHeld({ path, manifest }: ChainedRun, holds: readonly Hold[]): Promise<string | undefined> {
  if (holds.length === 0) return undefined;
  const summary = await readSummary(path);
  const days = [manifest.sealed_at.slice(0, 10), ...(summary ? [summary.run.business_date] : [])];
  const isWithin = ({ from = '', to = '9999' }: Hold) => days.some((day) => day >= from && day <= to);
  return holds.find(isWithin)?.reason;
}

/** Where a file that is due lies. */
export function dueFilesOf(
  plan: Pick<PurgePlan, 'runs'>,
): { run: string; path: string; file: string; sha256: string }[] {
  return plan.runs.flatMap(({ run, path, files }) =>
    files.map((file) => ({ run, path: join(path, file.path), file: file.path, sha256: file.sha256 })),
  );
}
