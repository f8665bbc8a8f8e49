import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { finishSeals } from '../../src/archive/finish-seals.ts';
import type { SealStep } from '../../src/archive/seal-run.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { makeArchive, nightOf, sealSampleRun } from './sealed-archive.ts';

async function crashAfter(step: SealStep, archive: string, night: number, connection?: string) {
  const afterStep = (done: SealStep) => {
    if (done === step) throw new Error('power cut');
  };
  const crashed = await sealSampleRun(archive, nightOf(night, connection), { afterStep }).catch(String);
  expect(crashed).to.equal('Error: power cut');
}

function atWork(archive: string): Promise<string[]> {
  return readdir(join(archive, '.open'));
}

describe('archive/finish-seals', () => {
  for (const step of ['renamed', 'headed'] as const) {
    for (const earlier of [[], [1]]) {
      it(`writes the head and clears what is left of run ${earlier.length + 1}, after a crash once it is ${step}`, async () => {
        await using archive = await makeArchive();
        for (const night of earlier) await sealSampleRun(archive.path, nightOf(night));
        await crashAfter(step, archive.path, 2);
        await finishSeals(archive.path, 'riverside');
        expect(await atWork(archive.path)).to.deep.equal([]);
        const head = JSON.parse(await readFile(join(archive.path, 'riverside/head.json'), 'utf8'));
        expect(head).to.include({ run: nightOf(2).id, count: earlier.length + 1 });
        expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
      });
    }
  }

  it('leaves alone what is still open, and what is of another connection', async () => {
    await using archive = await makeArchive();
    await crashAfter('state_aside', archive.path, 1);
    await crashAfter('renamed', archive.path, 1, 'lakeside');
    const before = await atWork(archive.path);
    await finishSeals(archive.path, 'riverside');
    await finishSeals(archive.path, 'hillside');
    expect(await atWork(archive.path)).to.deep.equal(before);
    // A seal of one does not take away what the other needs to be made good.
    await sealSampleRun(archive.path, nightOf(2));
    await finishSeals(archive.path, 'lakeside');
    expect((await verifyArchive(archive.path, 'lakeside')).problems).to.deep.equal([]);
    expect(await atWork(archive.path)).to.have.length(2);
  });

  it('clears a head that was only half written', async () => {
    await using archive = await makeArchive();
    await sealSampleRun(archive.path, nightOf(1));
    await crashAfter('renamed', archive.path, 2);
    const folder = join(archive.path, 'riverside');
    await writeFile(join(folder, '.head.json.71b5ac31-d443.tmp'), '{"run":');
    await finishSeals(archive.path, 'riverside');
    expect(await readdir(folder)).to.have.members(['2026', 'head.json']);
  });

  it('has nothing to do where nothing was left, or nothing was ever run', async () => {
    await using archive = await makeArchive();
    await finishSeals(archive.path, 'riverside');
    await sealSampleRun(archive.path, nightOf(1));
    await finishSeals(archive.path, 'riverside');
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
  });

  it('never takes a state that says nothing for none', async () => {
    await using archive = await makeArchive();
    await crashAfter('renamed', archive.path, 1);
    const state = join(archive.path, '.open', `.${nightOf(1).id}.state.json`);
    await writeFile(state, '{"facts":');
    expect((await faultOf(finishSeals(archive.path, 'riverside'))).code).to.equal('local_io');
    expect(await atWork(archive.path)).to.have.length(1);
  });

  it('clears the state of a run whose folder somebody took away', async () => {
    await using archive = await makeArchive();
    await crashAfter('renamed', archive.path, 1);
    await rm(join(archive.path, 'riverside'), { recursive: true });
    await finishSeals(archive.path, 'riverside');
    expect(await atWork(archive.path)).to.deep.equal([]);
  });
});
