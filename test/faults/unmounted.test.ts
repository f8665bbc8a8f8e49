/** A share that is not mounted: in its place is an empty folder, which looks like one from which all was taken. */
import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError, asAppError } from '../../src/errors/app-error.ts';
import { openSource } from '../../src/source/open-source.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';
import { CANARY, dropOf, outOf, ROOMY } from './one-drop.ts';

const archived = (project: Project) => project.names(join(project.folder, 'archive/north/2026/11'));

describe('a share that is not mounted', () => {
  let project: Project;
  let seen: Seen;
  let expected: string[];
  const mounts: (() => void)[] = [];

  async function begin(lasts: readonly string[], connection = ROOMY): Promise<void> {
    expected = lasts.map(outOf);
    project = await makeProject({ connection });
    seen = watchFolder(project.outbound, (text) => expected.includes(text));
  }
  afterEach(async () => {
    seen.end();
    for (const unmount of mounts.splice(0).toReversed()) unmount();
    await project.remove();
  });

  async function expectWell(said: string): Promise<void> {
    await expectAllIsWell({
      ...{ project, seen, expected, said },
      outcomes: expected.map(() => 'delivered'),
      folders: [project.inbound, project.outbound],
      openBefore: openFiles(),
      canary: CANARY,
    });
  }

  it('is no drop where the folder is empty, and removes nothing at the other side', async () => {
    await begin(['CanaryOne']);
    await project.drop({ 'students.csv': dropOf('CanaryOne') });
    await project.carry();
    for (const trigger of ['manual', 'watch', 'schedule'] as const)
      expect(await project.run({ trigger, onlyNew: trigger !== 'manual' })).to.deep.include({
        ...{ kind: 'no_drop', found: { state: 'none' } },
      });
    expect(await archived(project)).to.have.length(1);
    expect(await project.names(project.outbound)).to.deep.equal(['students_2026-11-22.csv']);
    await expectWell('');
  });

  it('is a source that is not there where the folder is gone, and the next drop is carried', async () => {
    await begin(['CanaryOne', 'CanaryTwo']);
    await project.drop({ 'students.csv': dropOf('CanaryOne') });
    await project.carry();
    renameSync(project.inbound, `${project.inbound}-away`);
    const fault = await project.run({ trigger: 'watch', onlyNew: true }).catch(asAppError);
    expect(fault).to.include({ code: 'source_missing' });
    expect(await archived(project)).to.have.length(1);
    renameSync(`${project.inbound}-away`, project.inbound);
    await project.drop({ 'students.csv': dropOf('CanaryTwo') });
    await project.carry();
    await expectWell(String(fault));
  });

  describe('on a disk of its own', () => {
    let disk: TinyDisk | undefined;
    beforeEach(function () {
      disk = mountTinyDisk();
      if (disk) return;
      process.stderr.write('\n  no disk can be mounted here (root on Linux can): shares are not tried\n');
      this.skip();
    });
    afterEach(() => disk?.unmount());

    /** As a share is mounted and, at any moment, is not. */
    const shareAt = (folder: string) => {
      let isMounted = false;
      const mount = () => {
        execFileSync('mount', ['--bind', disk?.folder ?? '', folder]);
        isMounted = true;
      };
      const unmount = () => {
        if (isMounted) execFileSync('umount', ['-l', folder]);
        isMounted = false;
      };
      mounts.push(unmount);
      mount();
      return { mount, unmount };
    };

    it('that goes before the source is cleared: what comes back with it is not carried a second time', async () => {
      await begin(['CanaryOne']);
      const share = shareAt(project.inbound);
      await project.drop({ 'students.csv': dropOf('CanaryOne') });
      await project.carry(
        {},
        {
          async openSource({ settings: { source } }) {
            const opened = await openSource(source);
            return {
              ...opened,
              clear(file) {
                share.unmount();
                return opened.clear(file);
              },
            };
          },
        },
      );
      expect(await project.run({ trigger: 'watch', onlyNew: true })).to.include({ kind: 'no_drop' });
      share.mount();
      expect(readdirSync(project.inbound)).to.deep.equal(['students.csv']);
      expect(await project.run({ trigger: 'watch', onlyNew: true })).to.include({ kind: 'no_drop' });
      expect(await archived(project)).to.have.length(1);
      await expectWell('');
    });

    it('that is not back when the next start asks how far a delivery came: it is not called delivered', async () => {
      await begin(['CanaryOne']);
      const share = shareAt(project.outbound);
      await project.drop({ 'students.csv': dropOf('CanaryOne') });
      const broken = await project
        .run(
          { trigger: 'watch' },
          {
            async openDestination({ settings: { destination } }) {
              const publish = () => Promise.reject(new AppError('delivery_failed', 'the machine is gone'));
              return { ...(await openDestination(destination)), publish };
            },
          },
        )
        .catch(asAppError);
      expect(broken).to.include({ code: 'delivery_failed' });
      share.unmount();
      const fault = await project.run({ trigger: 'watch' }).catch(asAppError);
      expect(fault).to.include({ code: 'destination_missing' });
      expect(await archived(project)).to.have.length(0);
      share.mount();
      await project.run({ trigger: 'watch' });
      await expectWell(String(fault));
    });
  });
});
