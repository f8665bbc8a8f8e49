import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sealRun } from '../../src/archive/seal-run.ts';
import { memoryLine } from '../../src/ledger/read-memory.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { nightOf, openSampleRun } from '../archive/sealed-archive.ts';
import { fileEntry, recordEntry } from '../ledger/sample-memory.ts';

export const TOTALS = { students: { ...emptyBooks().totals, read: 7, delivered: 5 } };

export interface Night {
  connection?: string;
  outcome?: string;
  entries?: readonly MemoryEntry[] | undefined;
}

/** Seals the run of a night as the corridor does, with what it taught; answers its folder. */
export async function sealNight(archive: string, night: number, about: Night = {}): Promise<string> {
  const { connection, outcome = 'delivered' } = about;
  const entries = 'entries' in about ? about.entries : [fileEntry(), recordEntry(String(night))];
  const facts = nightOf(night, connection);
  const folder = await openSampleRun(archive, facts);
  const report = {
    run: {
      id: facts.id,
      connection: facts.connection,
      environment: 'production',
      trigger: 'manual',
      business_date: facts.businessDate,
      started_at: `${facts.businessDate}T03:30:00-06:00`,
      finished_at: `${facts.businessDate}T03:30:04-06:00`,
      outcome,
    },
    totals: TOTALS,
  };
  await writeFile(join(folder.path, 'report.json'), JSON.stringify(report));
  if (entries) await writeFile(join(folder.path, 'memory.ndjson'), entries.map(memoryLine).join(''));
  await sealRun(folder, facts, { sealedAt: '2026-11-22T03:30:05-06:00' });
  return folder.path;
}
