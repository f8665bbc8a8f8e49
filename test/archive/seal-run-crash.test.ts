import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findLastSealed } from '../../src/archive/chain.ts';
import { listOpenRuns, RunFolder, readRunState } from '../../src/archive/run-folder.ts';
import { type SealStep, sealRun } from '../../src/archive/seal-run.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { makeArchive, nightOf, sealSampleRun } from './sealed-archive.ts';

const SEALED_AT = '2026-11-22T03:30:05-06:00';

async function readJson(...path: string[]) {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

describe('archive/seal-run, when the power is cut', () => {
  const steps: SealStep[] = ['emptied', 'listed', 'state_aside', 'renamed', 'headed', 'cleared'];
  for (const step of steps) {
    it(`is one sealed run, chained right, after a crash once it is ${step}`, async () => {
      await using archive = await makeArchive();
      await sealSampleRun(archive.path, nightOf(1));
      const crash = (done: SealStep) => {
        if (done === step) throw new Error('power cut');
      };
      const crashed = await sealSampleRun(archive.path, nightOf(2), { afterStep: crash }).catch(String);
      expect(crashed).to.equal('Error: power cut');

      for (const folder of await listOpenRuns(archive.path, 'riverside')) {
        const state = await readRunState<{ facts: ReturnType<typeof nightOf> }>(folder);
        await sealRun(folder, state.facts, { sealedAt: SEALED_AT });
      }
      const folder = new RunFolder(archive.path, nightOf(2).id, { dry: false });
      await sealRun(folder, nightOf(2), { sealedAt: '2026-11-23T00:00:00Z' });
      expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
      expect((await readJson(folder.path, 'manifest.json')).sealed_at).to.equal(SEALED_AT);

      await sealSampleRun(archive.path, nightOf(3));
      const verified = await verifyArchive(archive.path);
      expect(verified).to.deep.include({ problems: [], runsChecked: 3 });
      expect((await findLastSealed(archive.path, 'riverside'))?.run).to.equal(nightOf(3).id);
    });
  }

  it('goes on where only the head was lost in a crash, without sealing again', async () => {
    await using archive = await makeArchive();
    await sealSampleRun(archive.path, nightOf(1));
    const stop = (done: SealStep) => {
      if (done === 'renamed') throw new Error('power cut');
    };
    await sealSampleRun(archive.path, nightOf(2), { afterStep: stop }).catch(() => undefined);
    expect((await readJson(archive.path, 'riverside', 'head.json')).run).to.equal(nightOf(1).id);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
    const third = await sealSampleRun(archive.path, nightOf(3));
    expect((await readJson(third, 'manifest.json')).previous.run).to.equal(nightOf(2).id);
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
  });
});
