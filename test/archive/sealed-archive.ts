import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunFolder, type RunFolder, writeRunState } from '../../src/archive/run-folder.ts';
import { type SealOptions, sealRun } from '../../src/archive/seal-run.ts';

export interface SampleRun {
  id: string;
  connection: string;
  businessDate: string;
}

/** The run of the n-th night of November 2026. */
export function nightOf(night: number, connection = 'riverside'): SampleRun {
  const day = String(night).padStart(2, '0');
  return { id: `202611${day}T093000Z-${connection}-4f2a${day}`, connection, businessDate: `2026-11-${day}` };
}

export async function makeArchive(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'archive-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A run at work, with what a real one has in its folder just before it is sealed. */
export async function openSampleRun(archive: string, run: SampleRun): Promise<RunFolder> {
  const folder = await createRunFolder(archive, run, { dry: false });
  await writeRunState(folder, { facts: run, state: 'delivered' });
  await writeFile(join(folder.inbound, 'students.csv'), `id\n${run.id}\n`);
  await writeFile(join(folder.inbound, 'Kontakte März 2026 (1).csv'), 'id\n1\n');
  await writeFile(join(folder.outbound, 'students_out.csv'), 'student\r\n1\r\n');
  await writeFile(join(folder.mapping, 'students.yaml'), 'version: 1\n');
  await writeFile(join(folder.work, 'spool'), 'half a row');
  await writeFile(join(folder.path, 'report.json'), JSON.stringify(sampleReport(run)));
  await writeFile(join(folder.path, 'exceptions.csv'), 'file,row\r\n');
  return folder;
}

export async function sealSampleRun(
  archive: string,
  run: SampleRun,
  options: Partial<SealOptions> = {},
): Promise<string> {
  const folder = await openSampleRun(archive, run);
  await sealRun(folder, run, { sealedAt: '2026-11-22T03:30:05-06:00', ...options });
  return folder.path;
}

function sampleReport(run: SampleRun): object {
  return {
    run: {
      id: run.id,
      connection: run.connection,
      outcome: 'delivered',
      business_date: run.businessDate,
      started_at: `${run.businessDate}T03:30:00-06:00`,
      finished_at: `${run.businessDate}T03:30:04-06:00`,
    },
    totals: { students: { read: 1, delivered: 1 } },
  };
}
