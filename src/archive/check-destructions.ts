import { addDays } from '../time/calendar-date.ts';
import { durationMs } from '../time/duration.ts';
import { DESTRUCTION_FILE, isPurge } from './layout.ts';
import { asStored, type SealedManifest } from './manifest.ts';
import type { SealedDestruction } from './read-destructions.ts';
import type { Destruction } from './schema.ts';
import type { ArchiveProblem } from './verify-run-folder.ts';

type Runs = ReadonlyMap<string, SealedManifest | undefined>;

/**
 * Whether each record of a purge says what a purge could have done: it is the record of its own folder, each run and file
 * that it names was sealed with that hash, and was as old then as its rule says. A record that does not is `forged`,
 * because somebody wrote it to explain what is missing.
 */
export function checkDestructions(
  connection: string,
  purges: readonly SealedDestruction[],
  runs: Runs,
): ArchiveProblem[] {
  return purges.flatMap(({ run, destruction }): ArchiveProblem[] => {
    const about = { connection, run, file: DESTRUCTION_FILE };
    if (!destruction) return [{ ...about, problem: 'unreadable' }];
    const isOwn = destruction.purge === run && destruction.connection === connection;
    const isSealed = runs.get(run)?.manifest.files.some(({ path }) => path === DESTRUCTION_FILE) === true;
    const isTrue = isOwn && isSealed && destruction.runs.every((one) => couldBe(one, destruction, runs));
    return isTrue ? [] : [{ ...about, problem: 'forged' }];
  });
}

function couldBe(
  { run, sealed_at, files }: Destruction['runs'][number],
  { at, date }: Destruction,
  runs: Runs,
): boolean {
  const sealed = runs.get(run)?.manifest;
  // A run that is gone altogether is named as missing by whoever follows it.
  if (!sealed) return true;
  if (sealed.sealed_at !== sealed_at || Date.parse(sealed_at) > Date.parse(at)) return false;
  const listed = new Map(sealed.files.map(asStored).map((file) => [file.path, file]));
  return files.every(({ path, bytes, sha256, rule, older_than }) => {
    const file = listed.get(path);
    if (file?.sha256 !== sha256 || file.bytes !== bytes) return false;
    if (rule === 'superseded') return isPurge(run);
    return older_than !== undefined && isOlder(sealed_at, older_than, date);
  });
}

function isOlder(sealedAt: string, age: string, date: string): boolean {
  if (!/^\d+[dwy]$/.test(age)) return false;
  const days = Math.round(durationMs(age) / durationMs('1d'));
  return sealedAt.slice(0, 10) < addDays(date, -days);
}
