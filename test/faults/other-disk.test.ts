/** Received files are moved to a folder on another file system, which no rename reaches. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferry } from '../cli/rosterferry.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';
import { CANARY, dropOf, outOf, ROOMY } from './one-drop.ts';

describe('received files that are moved to another file system', () => {
  let project: Project;
  let seen: Seen;
  let disk: TinyDisk | undefined;
  const expected = [outOf('CanaryOne')];
  before(function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
  });
  afterEach(async () => {
    seen?.end();
    disk?.unmount();
    await project?.remove();
  });

  async function begin(options: string): Promise<string> {
    disk = mountTinyDisk(options);
    const folder = join(disk?.folder ?? '', 'received');
    const connection = ROOMY.replace('path: inbound,', `path: inbound, after: { move: ${folder} },`);
    project = await makeProject({ connection });
    seen = watchFolder(project.outbound, (text) => expected.includes(text));
    await project.drop({ 'students.csv': dropOf('CanaryOne') });
    return folder;
  }

  async function expectWell(folder: string, said: string): Promise<void> {
    expect(readdirSync(folder)).to.deep.equal(['students.csv']);
    expect(readFileSync(join(folder, 'students.csv'), 'utf8')).to.equal(dropOf('CanaryOne'));
    await expectAllIsWell({
      ...{ project, seen, expected, said },
      outcomes: ['delivered'],
      folders: [project.inbound, project.outbound, folder],
      openBefore: openFiles(),
      canary: CANARY,
    });
    expect(await project.names(project.inbound)).to.deep.equal([]);
  }

  it('are copied, synced and only then removed, and check has nothing against it', async function () {
    const folder = await begin('size=1m');
    if (!disk) return this.skip();
    const check = await rosterferry(['check', 'north'], { cwd: project.folder });
    expect(check.exit, check.stdout + check.stderr).to.equal(0);
    await project.carry();
    await expectWell(folder, check.stdout);
  });

  it('stay where they are while that one has no room, are not carried again, and go over once it has', async function () {
    // One name for the disk itself, one for the folder, none for the copy.
    const folder = await begin('size=1m,nr_inodes=2');
    if (!disk) return this.skip();
    await project.carry();
    expect(await project.run({ trigger: 'watch', onlyNew: true })).to.deep.include({
      ...{ kind: 'no_drop', found: { state: 'carried_before' } },
    });
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    expect(readdirSync(folder)).to.deep.equal([]);
    disk.allow('nr_inodes=20');
    await project.run();
    await expectWell(folder, '');
  });
});
