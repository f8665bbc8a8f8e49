import type { AppliedRun } from '../../src/ledger/ledger.ts';
import type { ToldEntry } from '../../src/ledger/written-record.ts';
import type { DeliveredRecord, MemoryEntry } from '../../src/vocabulary/memory.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';

export const TARGETS = ['students.id', 'students.last', 'students.grade'];

/** The run of the n-th night; its manifest has a hash of its own. */
export function nightly(night: number, about: Partial<AppliedRun> = {}): AppliedRun {
  const connection = about.connection ?? 'riverside';
  const day = String(night).padStart(2, '0');
  return {
    id: `202611${day}T093000Z-${connection}-4f2a${day}`,
    connection,
    outcome: 'delivered',
    businessDate: `2026-11-${day}`,
    startedAt: `2026-11-${day}T03:30:00-06:00`,
    finishedAt: `2026-11-${day}T03:30:04-06:00`,
    manifestSha256: day.repeat(32),
    totals: { students: { ...emptyBooks().totals, read: night, delivered: night } },
    ...about,
  };
}

export function fileEntry(targets: readonly string[] = TARGETS, bytes = 1000): MemoryEntry {
  return { kind: 'file', file: 'students', targets, bytes };
}

export function delivered(id: string, about: Partial<DeliveredRecord> = {}): DeliveredRecord {
  const grade = about.grade ?? '5';
  const values = about.values ?? [id, 'Moss', grade];
  return { id, values, mapped: '00112233445566aa', active: true, school: '410', grade, ...about };
}

type Told = Extract<MemoryEntry, { kind: 'record' }>['change'];

export function recordEntry(
  id: string,
  change: Told = 'created',
  about: Partial<DeliveredRecord> = {},
): MemoryEntry {
  return { kind: 'record', file: 'students', change, record: delivered(id, about) };
}

export function removedEntry(id: string, values?: readonly string[]): MemoryEntry {
  const removed = { kind: 'removed', file: 'students', id, why: 'absent' } as const;
  return values ? { ...removed, deactivated: true, values } : { ...removed, deactivated: false };
}

/** As the entries of a memory.ndjson come: one by one, as often as they are asked for. */
export function told(...entries: readonly ToldEntry[]): AsyncIterable<ToldEntry> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* entries;
    },
  };
}

export async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items);
}
