import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRun, listSealedRuns, readSummary } from '../../src/archive/list-runs.ts';
import { createRunFolder } from '../../src/archive/run-folder.ts';
import { makeArchive, nightOf, openSampleRun, sealSampleRun } from './sealed-archive.ts';

describe('archive/list-runs', () => {
  it('lists the newest first, whatever their connection or business date', async () => {
    await using archive = await makeArchive();
    await sealSampleRun(archive.path, nightOf(3));
    await sealSampleRun(archive.path, nightOf(2, 'east'));
    await sealSampleRun(archive.path, { ...nightOf(4), businessDate: '2025-01-15' });
    await openSampleRun(archive.path, nightOf(5));
    const runs = await Array.fromAsync(listSealedRuns(archive.path));
    expect(runs.map(({ run }) => run)).to.deep.equal([nightOf(4).id, nightOf(3).id, nightOf(2, 'east').id]);
    expect(runs[0]?.summary?.run).to.include({ outcome: 'delivered', business_date: '2025-01-15' });
    expect(runs[0]?.summary?.totals).to.deep.equal({ students: { read: 1, delivered: 1 } });
    const ours = await Array.fromAsync(listSealedRuns(archive.path, 'riverside'));
    expect(ours.map(({ connection }) => connection)).to.deep.equal(['riverside', 'riverside']);
  });

  it('lists nothing where nothing was ever sealed', async () => {
    await using archive = await makeArchive();
    expect(await Array.fromAsync(listSealedRuns(join(archive.path, 'not made yet')))).to.deep.equal([]);
    expect(await Array.fromAsync(listSealedRuns(archive.path, 'riverside'))).to.deep.equal([]);
  });

  it('lists a run whose report is gone or broken', async () => {
    await using archive = await makeArchive();
    await rm(join(await sealSampleRun(archive.path, nightOf(1)), 'report.json'));
    await writeFile(join(await sealSampleRun(archive.path, nightOf(2)), 'report.json'), '{');
    const runs = await Array.fromAsync(listSealedRuns(archive.path));
    expect(runs.map(({ run, summary }) => [run, summary])).to.deep.equal([
      [nightOf(2).id, undefined],
      [nightOf(1).id, undefined],
    ]);
  });

  it('reads only as many reports as are asked for', async () => {
    await using archive = await makeArchive();
    for (const night of [1, 2, 3]) await sealSampleRun(archive.path, nightOf(night));
    const runs = listSealedRuns(archive.path);
    expect((await runs.next()).value?.run).to.equal(nightOf(3).id);
    await rm(join(archive.path, 'riverside'), { recursive: true });
    expect((await runs.next()).value).to.include({ run: nightOf(2).id, summary: undefined });
  });

  it('finds a run wherever it lies, and none by a name that leads elsewhere', async () => {
    await using archive = await makeArchive();
    const sealed = await sealSampleRun(archive.path, nightOf(1));
    const open = await openSampleRun(archive.path, nightOf(2));
    const dry = await createRunFolder(archive.path, nightOf(3), { dry: true });
    expect(await findRun(archive.path, nightOf(1).id)).to.deep.equal({
      run: nightOf(1).id,
      path: sealed,
      place: 'sealed',
    });
    expect(await findRun(archive.path, nightOf(2).id)).to.include({ path: open.path, place: 'open' });
    expect(await findRun(archive.path, nightOf(3).id)).to.include({ path: dry.path, place: 'dry' });
    for (const id of [nightOf(9).id, '', '..', '../riverside', '.open', `riverside/2026/11/${nightOf(1).id}`])
      expect(await findRun(archive.path, id), id).to.equal(undefined);
    expect((await readSummary(open.path))?.run.id).to.equal(nightOf(2).id);
  });
});
