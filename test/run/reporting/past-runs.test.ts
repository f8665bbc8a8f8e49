import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildReport, renderReportJson } from '../../../src/report/build-report.ts';
import { readPastRuns } from '../../../src/run/reporting/past-runs.ts';
import type { Outcome } from '../../../src/vocabulary/run.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';
import { sampleFacts } from '../../report/sample-facts.ts';

describe('run/reporting/past-runs', () => {
  const newTempFolder = useTempFolders();

  async function seal(archive: string, id: string, outcome: Outcome, text?: string): Promise<void> {
    const folder = join(archive, 'riverside/2026/11', id);
    await mkdir(folder, { recursive: true });
    const facts = sampleFacts();
    const report = buildReport({ ...facts, run: { ...facts.run, id }, outcome });
    await writeFile(join(folder, 'report.json'), text ?? renderReportJson(report));
  }

  it('reads the last thirty, the oldest first, without failed ones, broken ones and itself', async () => {
    const archive = await newTempFolder();
    const idOf = (at: number) => `run-${String(at).padStart(2, '0')}`;
    for (let at = 0; at < 36; at++) await seal(archive, idOf(at), at === 30 ? 'failed' : 'delivered');
    await seal(archive, idOf(31), 'delivered', '{');
    await seal(archive, idOf(32), 'delivered', ' '.repeat(1_000_001));
    const past = await readPastRuns(archive, { id: idOf(35), connection: 'riverside' });
    expect(past.map(({ run }) => run.id)).to.deep.equal([
      ...Array.from({ length: 28 }, (_, at) => idOf(at + 2)),
      idOf(33),
      idOf(34),
    ]);
  });
});
