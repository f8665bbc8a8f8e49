import { listOpenRuns, readRunState } from '../archive/run-folder.ts';
import type { ExpectSettings } from '../daemon/schema.ts';
import { readLastDrop, type TakenFile } from '../ledger/last-drop.ts';
import type { RunRecord } from '../run/open-run.ts';
import { durationMs } from '../time/duration.ts';

/** A drop that was taken when one of its files was older than it may be. */
export interface StaleDrop {
  run: string;
  /** The oldest file, and how old it was when the run began. */
  file: string;
  ageMs: number;
}

/** Of the drop that was taken last: a district whose export has stopped sends the same file every night. */
export async function findStaleDrop(
  expect: ExpectSettings | undefined,
  archivePath: string,
  connection: string,
): Promise<StaleDrop | undefined> {
  if (expect?.newer_than === undefined) return undefined;
  const taken = (await openDrop(archivePath, connection)) ?? (await lastDrop(archivePath, connection));
  const [oldest] = taken?.files.toSorted((one, other) => one.modifiedMs - other.modifiedMs) ?? [];
  if (!taken || !oldest) return undefined;
  const ageMs = begunMs(taken.run) - oldest.modifiedMs;
  if (ageMs <= durationMs(expect.newer_than)) return undefined;
  return { run: taken.run, file: oldest.name, ageMs };
}

interface TakenDrop {
  run: string;
  files: readonly TakenFile[];
}

async function openDrop(archivePath: string, connection: string): Promise<TakenDrop | undefined> {
  for (const folder of await listOpenRuns(archivePath, connection)) {
    const { facts, claimed } = await readRunState<RunRecord>(folder);
    const files = claimed.flatMap(({ listed }) => (listed ? [listed] : []));
    if (facts.connection === connection) return { run: facts.id, files };
  }
  return undefined;
}

async function lastDrop(archivePath: string, connection: string): Promise<TakenDrop | undefined> {
  return readLastDrop(archivePath, connection);
}

/** The name of a run begins with its second: 20261122T093000Z. */
function begunMs(run: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(run) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
