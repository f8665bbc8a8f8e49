import { appendFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderManifest, renderSums, sha256Of } from '../../src/archive/manifest.ts';
import { verifyArchive, verifyPath } from '../../src/archive/verify-archive.ts';
import { makeArchive, nightOf, sealSampleRun } from './sealed-archive.ts';

type Tamper = (at: { archive: string; first: string; middle: string; last: string }) => Promise<unknown>;

/** What is done to three sealed nights, and what `verify` says of it: night, file, problem. */
const TAMPERINGS: [string, Tamper, [number, string, string][]][] = [
  [
    'a delivered file is changed',
    ({ middle }) => appendFile(join(middle, 'outbound/students_out.csv'), '2\r\n'),
    [[2, 'outbound/students_out.csv', 'altered']],
  ],
  [
    'one byte is changed and the size kept',
    ({ last }) => writeFile(join(last, 'report.json'), 'x', { flag: 'r+' }),
    [[3, 'report.json', 'altered']],
  ],
  ['a file is removed', ({ first }) => rm(join(first, 'exceptions.csv')), [[1, 'exceptions.csv', 'missing']]],
  [
    'a file is added',
    ({ middle }) => writeFile(join(middle, 'inbound/more.csv'), ''),
    [[2, 'inbound/more.csv', 'added']],
  ],
  [
    'a hidden file is added',
    ({ middle }) => writeFile(join(middle, '.hidden'), ''),
    [[2, '.hidden', 'added']],
  ],
  ['an empty folder is added', ({ middle }) => mkdir(join(middle, 'extra')), [[2, 'extra', 'added']]],
  [
    'a file is renamed',
    ({ first }) => rename(join(first, 'inbound/students.csv'), join(first, 'inbound/pupils.csv')),
    [
      [1, 'inbound/students.csv', 'missing'],
      [1, 'inbound/pupils.csv', 'added'],
    ],
  ],
  [
    'a file is replaced by a link to the same bytes',
    async ({ archive, first }) => {
      await rename(join(first, 'report.json'), join(archive, 'elsewhere.json'));
      await symlink(join(archive, 'elsewhere.json'), join(first, 'report.json'));
    },
    [[1, 'report.json', 'altered']],
  ],
  ['the sums are removed', ({ first }) => rm(join(first, 'SHA256SUMS')), [[1, 'SHA256SUMS', 'missing']]],
  [
    'a line of the sums is removed',
    async ({ first }) => {
      const sums = await readFile(join(first, 'SHA256SUMS'), 'utf8');
      await writeFile(join(first, 'SHA256SUMS'), sums.split('\n').slice(1).join('\n'));
    },
    [[1, 'SHA256SUMS', 'altered']],
  ],
  [
    'the manifest is removed',
    ({ middle }) => rm(join(middle, 'manifest.json')),
    [[2, 'manifest.json', 'missing']],
  ],
  [
    'the manifest is broken and a file changed',
    async ({ middle }) => {
      await writeFile(join(middle, 'manifest.json'), '{');
      await appendFile(join(middle, 'report.json'), ' ');
    },
    [
      [2, 'manifest.json', 'unreadable'],
      [2, 'report.json', 'altered'],
    ],
  ],
  ['a run in the middle is removed', ({ middle }) => rm(middle, { recursive: true }), [[2, '', 'missing']]],
  ['the first run is removed', ({ first }) => rm(first, { recursive: true }), [[1, '', 'missing']]],
  ['the newest run is removed', ({ last }) => rm(last, { recursive: true }), [[3, '', 'missing']]],
  [
    'a file in the middle is forged, with manifest and sums to fit',
    ({ middle }) => forge(middle),
    [[2, 'manifest.json', 'altered']],
  ],
  [
    'a file of the newest run is forged, with manifest and sums to fit',
    ({ last }) => forge(last),
    [[3, 'manifest.json', 'altered']],
  ],
  [
    'a run is copied under another name',
    ({ middle }) => cp(middle, join(middle, '..', nightOf(9).id), { recursive: true }),
    [
      [9, 'manifest.json', 'altered'],
      [2, 'manifest.json', 'chain_broken'],
    ],
  ],
  [
    'the head is removed',
    ({ archive }) => rm(join(archive, 'riverside/head.json')),
    [[0, 'head.json', 'missing']],
  ],
  [
    'the head is broken',
    ({ archive }) => writeFile(join(archive, 'riverside/head.json'), '{}'),
    [[0, 'head.json', 'unreadable']],
  ],
  [
    'something lies between the runs',
    ({ archive }) => writeFile(join(archive, 'riverside/2026/11/notes.txt'), ''),
    [[0, '2026/11/notes.txt', 'added']],
  ],
];

/** Changes a file and makes manifest and sums agree with it: what only the chain can show. */
async function forge(folder: string): Promise<void> {
  const path = 'outbound/students_out.csv';
  await writeFile(join(folder, path), 'forged\r\n');
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const file = manifest.files.find((one: { path: string }) => one.path === path);
  Object.assign(file, { bytes: 8, sha256: sha256Of('forged\r\n') });
  const text = renderManifest(manifest);
  await writeFile(join(folder, 'manifest.json'), text);
  await writeFile(join(folder, 'SHA256SUMS'), renderSums(manifest.files, sha256Of(text)));
}

async function sealThreeNights(archive: string) {
  const first = await sealSampleRun(archive, nightOf(1));
  const middle = await sealSampleRun(archive, nightOf(2));
  const last = await sealSampleRun(archive, nightOf(3));
  return { archive, first, middle, last };
}

describe('archive/verify-archive', () => {
  it('has nothing to say about an archive that is as it was sealed', async () => {
    await using archive = await makeArchive();
    await sealThreeNights(archive.path);
    await sealSampleRun(archive.path, nightOf(1, 'east'));
    const seen: string[] = [];
    expect(await verifyArchive(archive.path, undefined, (run) => seen.push(run))).to.deep.equal({
      problems: [],
      runsChecked: 4,
      filesChecked: 24,
      purges: [],
    });
    expect(seen).to.have.length(4);
    expect(await verifyArchive(archive.path, 'east')).to.include({ runsChecked: 1 });
    expect(await verifyArchive(archive.path, 'nobody')).to.deep.equal({
      problems: [],
      runsChecked: 0,
      filesChecked: 0,
      purges: [],
    });
  });

  for (const [what, tamper, expected] of TAMPERINGS) {
    it(`sees that ${what}`, async () => {
      await using archive = await makeArchive();
      await tamper(await sealThreeNights(archive.path));
      const { problems } = await verifyArchive(archive.path);
      const said = expected.map(([night, file, problem]) => ({
        connection: 'riverside',
        run: night === 0 ? '' : nightOf(night).id,
        file,
        problem,
      }));
      expect(problems).to.have.deep.members(said);
    });
  }

  it('takes no notice of runs at work, dry runs, and what lies beside the connections', async () => {
    await using archive = await makeArchive();
    await sealThreeNights(archive.path);
    for (const folder of ['.open', '.dry', '.state']) {
      await mkdir(join(archive.path, folder, 'x'), { recursive: true });
      await writeFile(join(archive.path, folder, 'x', 'y'), '');
    }
    await writeFile(join(archive.path, 'ledger.sqlite'), '');
    await writeFile(join(archive.path, 'riverside', '.head.json.1.tmp'), '');
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
  });

  it('never takes an archive that is not there for one without problems', async () => {
    await using archive = await makeArchive();
    expect(await verifyArchive(join(archive.path, 'nowhere')).catch(String)).to.include('Cannot list');
  });

  it('verifies whatever a path names, also a run that was copied out', async () => {
    await using archive = await makeArchive();
    const { middle } = await sealThreeNights(archive.path);
    await using elsewhere = await makeArchive();
    const copy = join(elsewhere.path, nightOf(2).id);
    await cp(middle, copy, { recursive: true });
    expect(await verifyPath(archive.path)).to.deep.include({ problems: [], runsChecked: 3 });
    expect(await verifyPath(join(archive.path, 'riverside'))).to.deep.include({
      problems: [],
      runsChecked: 3,
    });
    expect(await verifyPath(middle)).to.deep.include({ problems: [], runsChecked: 1 });
    expect(await verifyPath(copy)).to.deep.include({ problems: [], runsChecked: 1 });
    await rm(join(copy, 'report.json'));
    expect((await verifyPath(copy)).problems).to.have.length(1);
  });
});
