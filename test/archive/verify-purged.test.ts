import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { destroyFiles } from '../../src/archive/destroy-files.ts';
import { renderManifest, renderSums, sha256Of } from '../../src/archive/manifest.ts';
import { planPurge } from '../../src/archive/plan-purge.ts';
import { createRunFolder } from '../../src/archive/run-folder.ts';
import type { Destruction } from '../../src/archive/schema.ts';
import { sealRun } from '../../src/archive/seal-run.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { makeArchive, nightOf, sealSampleRun } from './sealed-archive.ts';

const PURGE = '20270101T000000Z-riverside-purge4f2a';

/** Three nights, of which a purge destroyed the files of all. */
async function makePurged(archive: string, change: (record: Destruction) => void = () => {}) {
  for (const night of [1, 2, 3]) await sealSampleRun(archive, nightOf(night));
  const retention = { files: '30d', reports: '7y', hold: [] };
  const plan = await planPurge(archive, 'riverside', { today: '2027-01-01', retention });
  const record: Destruction = {
    schema: 'rosterferry/destruction/1',
    purge: PURGE,
    connection: 'riverside',
    at: '2027-01-01T00:00:00-06:00',
    date: plan.date,
    by: 'kim',
    retain: plan.retain,
    runs: plan.runs.map(({ path: _, ...run }) => run),
    held: [],
  };
  change(record);
  const folder = await createRunFolder(archive, { id: PURGE }, { dry: false });
  await writeFile(join(folder.path, 'destruction.json'), JSON.stringify(record));
  await sealRun(
    folder,
    { id: PURGE, connection: 'riverside', businessDate: record.date },
    { sealedAt: record.at },
  );
  await destroyFiles(archive, record);
  return { purge: folder.path, record, run: join(archive, 'riverside/2026/11', nightOf(2).id) };
}

type Purged = Awaited<ReturnType<typeof makePurged>> & { archive: string };

/** Changes a file and makes manifest and sums agree with it, and the head too: only the rest of the chain is left. */
async function forge(folder: string, path: string, text: string): Promise<void> {
  await writeFile(join(folder, path), text);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const file = manifest.files.find((one: { path: string }) => one.path === path);
  Object.assign(file, { bytes: Buffer.byteLength(text), sha256: sha256Of(text) });
  const rendered = renderManifest(manifest);
  await writeFile(join(folder, 'manifest.json'), rendered);
  await writeFile(join(folder, 'SHA256SUMS'), renderSums(manifest.files, sha256Of(rendered)));
  const head = join(folder, '../../../head.json');
  const known = JSON.parse(await readFile(head, 'utf8'));
  await writeFile(head, JSON.stringify({ ...known, sha256: sha256Of(rendered) }));
}

async function forgeRecord({ purge, record }: Purged, change: (record: Destruction) => void): Promise<void> {
  change(record);
  await forge(purge, 'destruction.json', JSON.stringify(record));
}

const said = (run: string, file: string, problem: string) => ({ run, file, problem });

const TAMPERINGS: [string, (purged: Purged) => Promise<unknown>, ReturnType<typeof said>][] = [
  [
    'a file goes that no record names',
    ({ run }) => rm(join(run, 'report.json')),
    said(nightOf(2).id, 'report.json', 'missing'),
  ],
  [
    'another file comes in place of a destroyed one',
    ({ run }) => writeFile(join(run, 'exceptions.csv'), 'forged'),
    said(nightOf(2).id, 'exceptions.csv', 'altered'),
  ],
  [
    'the record goes',
    ({ purge }) => rm(join(purge, 'destruction.json')),
    said(PURGE, 'destruction.json', 'missing'),
  ],
  [
    'the record is changed',
    ({ purge }) => appendFile(join(purge, 'destruction.json'), ' '),
    said(PURGE, 'destruction.json', 'altered'),
  ],
  ['the purge goes as a whole', ({ purge }) => rm(purge, { recursive: true }), said(PURGE, '', 'missing')],
  [
    'a copy of the purge comes beside it',
    ({ purge }) => cp(purge, purge.replace('4f2a', '4f2b'), { recursive: true }),
    said(PURGE.replace('4f2a', '4f2b'), 'destruction.json', 'forged'),
  ],
  [
    'the record is made to name a file with another hash, with everything to fit',
    (purged) =>
      forgeRecord(purged, ({ runs: [, second] }) => {
        if (second?.files[0]) second.files[0].sha256 = 'a'.repeat(64);
      }),
    said(PURGE, 'destruction.json', 'forged'),
  ],
  [
    'the record is made to name a report that is not old enough',
    async (purged) => {
      const manifest = JSON.parse(await readFile(join(purged.run, 'manifest.json'), 'utf8'));
      const report = manifest.files.find(({ path }: { path: string }) => path === 'report.json');
      await rm(join(purged.run, 'report.json'));
      await forgeRecord(purged, ({ runs: [, second] }) => {
        second?.files.push({ ...report, rule: 'retain.reports', older_than: '7y' });
      });
    },
    said(PURGE, 'destruction.json', 'forged'),
  ],
  [
    'the record is made to be of another connection',
    (purged) =>
      forgeRecord(purged, (record) => {
        record.connection = 'east';
      }),
    said(PURGE, 'destruction.json', 'forged'),
  ],
];

describe('archive, verified after a purge', () => {
  it('is whole, and says what was destroyed and by whom', async () => {
    await using archive = await makeArchive();
    const { record } = await makePurged(archive.path);
    const files = record.runs.flatMap((run) => run.files);
    const { problems, runsChecked, purges } = await verifyArchive(archive.path);
    expect({ problems, runsChecked }).to.deep.equal({ problems: [], runsChecked: 3 });
    expect(purges).to.deep.equal([
      {
        connection: 'riverside',
        purge: PURGE,
        at: record.at,
        by: 'kim',
        rules: ['retain.files 30d'],
        runs: 3,
        files: files.length,
        left: 0,
      },
    ]);
    expect(files.map(({ path }) => path))
      .to.include('inbound/students.csv')
      .and.not.include('report.json');
  });

  for (const [what, tamper, expected] of TAMPERINGS)
    it(`is altered where ${what}`, async () => {
      await using archive = await makeArchive();
      await tamper({ archive: archive.path, ...(await makePurged(archive.path)) });
      const { problems } = await verifyArchive(archive.path);
      expect(problems.map(({ connection: _, ...one }) => one)).to.deep.include(expected);
    });

  it('never destroys what a forged record names outside of a run', async () => {
    await using archive = await makeArchive();
    const { record } = await makePurged(archive.path);
    for (const path of ['../manifest.json', '/etc/passwd', 'a\\..\\b', '']) {
      const [run] = record.runs;
      if (!run) throw new Error('nothing was due');
      const file = { path, bytes: 0, sha256: sha256Of(''), rule: 'retain.files' as const };
      const forged = { connection: 'riverside', runs: [{ ...run, files: [file] }] };
      expect(await destroyFiles(archive.path, forged).catch((fault) => fault.code)).to.equal('unsafe_name');
    }
  });
});
