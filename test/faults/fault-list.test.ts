/** Rows of the fault list that no other suite holds; docs/reliability.md says where the others are. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asAppError } from '../../src/errors/app-error.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const OUT_HEADER = 'student_id,last_name,first_name,birth_date,gender\r\n';
const rowOf = (last: string) => `1,${last},Ann,5/1/2015,F,A,10,5\n`;
const outOf = (last: string) => `${OUT_HEADER}1,${last},Ann,2015-05-01,Female\r\n`;
const ROOMY = CONNECTION.replace('max_rejected: 100%', 'max_updated: 100%, max_size_change: 1000%');
const CANARY = /Canary/;

describe('the fault list', () => {
  let project: Project;
  let seen: Seen;
  afterEach(async () => {
    seen.end();
    await project.remove();
  });

  async function begin(options: Parameters<typeof makeProject>[0], lasts: readonly string[]): Promise<void> {
    project = await makeProject(options);
    const expected = lasts.map(outOf);
    seen = watchFolder(project.outbound, (text) => expected.includes(text));
  }

  async function expectWell(lasts: readonly string[], said: string): Promise<void> {
    await expectAllIsWell({
      ...{ project, seen, said },
      expected: lasts.map(outOf),
      outcomes: lasts.map(() => 'delivered'),
      folders: [project.inbound, project.outbound],
      openBefore: openFiles(),
      canary: CANARY,
    });
  }

  describe('13: the disk of the ledger is full', () => {
    let disk: TinyDisk | undefined;
    before(function () {
      disk = mountTinyDisk();
      if (!disk) this.skip();
    });
    after(() => disk?.unmount());

    it('says so, sends nothing twice, and the ledger has caught up once there is room', async () => {
      const folder = disk?.folder ?? '';
      const lasts = ['CanaryOne', 'CanaryTwo'];
      await begin({ connection: ROOMY, service: `ledger: { path: ${folder}/ledger.sqlite }\n` }, lasts);
      await project.drop({ 'students.csv': HEADER + rowOf('CanaryOne') });
      await project.carry();
      const filler = join(folder, 'filler');
      execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1k 2>/dev/null || true`]);
      await project.drop({ 'students.csv': HEADER + rowOf('CanaryTwo') });
      const faults = [];
      for (let look = 0; look < 2; look += 1) faults.push(await project.run().catch(asAppError));
      expect(faults.map((fault) => 'code' in fault && fault.code)).to.deep.equal([
        'local_disk_full',
        'local_disk_full',
      ]);
      rmSync(filler);
      expect(await project.run()).to.include({ kind: 'no_drop' });
      await expectWell(lasts, faults.map(String).join());
    });
  });

  it('21: the drop folder is renamed and made anew under the daemon: the next drop is found', async () => {
    const lasts = ['CanaryOne', 'CanaryTwo'];
    await begin({ connection: `schedule: { every: 1s }\n${ROOMY}` }, lasts);
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(child, '"started"');
    await project.drop({ 'students.csv': HEADER + rowOf('CanaryOne') });
    await waitForLine(child, 'run delivered');
    renameSync(project.inbound, join(project.folder, 'away'));
    mkdirSync(project.inbound);
    writeFileSync(join(project.folder, 'away/students.csv'), HEADER + rowOf('Nobody'));
    await project.drop({ 'students.csv': HEADER + rowOf('CanaryTwo') });
    await waitForLine(child, 'run delivered');
    child.kill('SIGTERM');
    const { exit, stderr } = await ended;
    expect(exit).to.equal(0);
    await expectWell(lasts, stderr);
  });

  it('6: a second SIGTERM ends the daemon at once, and what was at work is finished by the next', async () => {
    await begin({ connection: ROOMY }, ['CanaryOne']);
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(child, '"started"');
    await project.drop({ 'students.csv': HEADER + rowOf('CanaryOne') });
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    const { stderr } = await ended;
    await project.run();
    await expectWell(['CanaryOne'], stderr);
  });
});
