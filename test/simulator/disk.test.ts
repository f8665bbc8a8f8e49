import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryName } from '../../src/deliver/destination.ts';
import { openLocalDestination } from '../../src/deliver/local-destination.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { writeWhole } from '../../src/files/write-whole.ts';
import { clearLocal } from '../../src/source/clear-local.ts';
import { openDice } from '../year/dice.ts';
import { type CrashPlan, type Disk, installDisk, ProcessEnded } from './disk.ts';

const NEVER = 1000;

describe('the disk of the simulator', () => {
  let disk: Disk;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosterferry-disk-'));
    disk = installDisk();
  });
  afterEach(async () => {
    disk.uninstall();
    await rm(folder, { recursive: true });
  });

  /** The power goes at a step, or once all is done. */
  async function until(
    plan: Partial<CrashPlan>,
    seed: number,
    work: () => Promise<unknown>,
  ): Promise<number> {
    disk.start({ step: NEVER, when: 'before', how: 'power', ...plan }, openDice(seed));
    const thrown = await work().then(
      () => undefined,
      (fault: unknown) => fault,
    );
    const { crashed, steps } = disk.stop(plan.step === undefined);
    expect(crashed).to.equal(plan.step === undefined ? false : thrown !== undefined);
    return steps;
  }

  it('loses what was not synced, and nothing else', async () => {
    const [kept, lost] = [join(folder, 'kept'), join(folder, 'lost')];
    const sizes = new Set<number>();
    for (let seed = 1; seed <= 20; seed += 1) {
      await until({}, seed, async () => {
        await writeWhole(kept, 'x'.repeat(100));
        writeFileSync(lost, 'x'.repeat(100));
      });
      expect(readFileSync(kept, 'utf8')).to.have.length(100);
      sizes.add(existsSync(lost) ? readFileSync(lost, 'utf8').length : -1);
      await rm(lost, { force: true });
    }
    expect(sizes.size).to.be.greaterThan(3);
    expect(sizes, 'the name itself is lost').to.include(-1);
  });

  it('keeps the name of a new file only once its folder is synced, and so that of what was staged', async () => {
    const path = join(folder, 'students.csv');
    writeFileSync(path, 'id\n1\n');
    const file = { name: 'students.csv', path, ...(await hashFile(path)) };
    const there = new Set<boolean>();
    for (let seed = 1; seed <= 20; seed += 1) {
      await until({}, seed, async () => {
        await using made = await open(join(folder, 'unsynced'), 'wx');
        await made.sync();
      });
      there.add(existsSync(join(folder, 'unsynced')));
      await rm(join(folder, 'unsynced'), { force: true });
      await until({}, seed, () => openLocalDestination({ type: 'local', path: folder }).stage(file, 'RUN'));
      expect(readFileSync(join(folder, temporaryName(file, 'RUN')), 'utf8')).to.equal('id\n1\n');
      await rm(join(folder, temporaryName(file, 'RUN')));
    }
    expect([...there]).to.have.members([true, false]);
  });

  it('stops a process at every step, after which it changes nothing more', async () => {
    const path = join(folder, 'head.json');
    writeFileSync(path, 'old');
    const steps = await until({}, 1, () => writeWhole(path, 'old'));
    expect(steps).to.be.greaterThan(4);
    for (let step = 1; step <= steps; step += 1)
      for (const when of ['before', 'after'] as const)
        for (const seed of [1, 2, 3]) {
          writeFileSync(path, 'old');
          await until({ step, when }, seed, () => writeWhole(path, 'newer'));
          expect(['old', 'newer']).to.include(readFileSync(path, 'utf8'));
        }
  });

  it('answers a process that has ended with its end alone', async () => {
    disk.start({ step: 1, when: 'before', how: 'kill' }, openDice(1));
    const faults = [1, 2].map(() => {
      try {
        return mkdirSync(join(folder, 'made'));
      } catch (fault) {
        return fault;
      }
    });
    disk.stop();
    for (const fault of faults) expect(fault).to.be.instanceOf(ProcessEnded);
    expect(existsSync(join(folder, 'made'))).to.equal(false);
  });

  for (const after of ['remove', { move: 'taken' }] as const)
    it(`brings back nothing that was cleared, with after: ${JSON.stringify(after)}`, async () => {
      const path = join(folder, 'students.csv');
      for (let seed = 1; seed <= 20; seed += 1) {
        writeFileSync(path, 'id\n1\n');
        const { mtimeMs } = statSync(path);
        const file = { name: 'students.csv', sizeBytes: 5, modifiedMs: mtimeMs };
        await until({}, seed, () => clearLocal(folder, { ready: { quiet: '1s' }, after }, file));
        expect(existsSync(path)).to.equal(false);
      }
    });
});
