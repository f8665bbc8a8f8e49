import { execFileSync } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry } from '../cli/rosterferry.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';

const RUN = ['run', 'north', '--as-of', '2026-11-22'];
const STUDENTS = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';
const LONG_NAME = 'Mother'.padEnd(1000, 'r');
const TWO_MEGABYTES = `ID,Name\n${Array.from({ length: 2000 }, (_, at) => `1,${LONG_NAME}${at}\n`).join('')}`;

let project: Project;

async function projectInto(destination: string, drop: Record<string, string>): Promise<void> {
  project = await makeProject({ connection: CONNECTION.replace('path: outbound', `path: ${destination}`) });
  await project.drop(drop);
}

/** Exit code 3, one line that names the place, nothing half-written, and the drop whole in the archive. */
async function expectFailed(run: Ended, code: string, drop: Record<string, string>): Promise<void> {
  expect(run.exit, run.stderr).to.equal(3);
  expect(run.stderr).to.match(new RegExp(`^error\\[${code}\\]: .+\\n$`));
  const report = JSON.parse(run.stdout);
  expect(report.run.outcome).to.equal('failed');
  expect(report.error.code).to.equal(code);
  expect([report.outputs, report.totals.students.delivered]).to.deep.equal([[], 0]);
  const sealed = sealedFolder(report.run.id);
  for (const [name, text] of Object.entries(drop))
    expect(await project.read(join(sealed, 'inbound', name))).to.equal(text);
  expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
  expect((await verifyPath(join(project.folder, 'archive'))).problems).to.deep.equal([]);
  await expectDeliverableAgain(sealed, drop);
}

function sealedFolder(run: string): string {
  return join(project.folder, 'archive/north/2026/11', run);
}

/** Once the fault is mended, the drop goes out of the archive as it would have gone. */
async function expectDeliverableAgain(sealed: string, drop: Record<string, string>): Promise<void> {
  const yaml = await project.read(join(project.folder, 'rosterferry.yaml'));
  await writeFile(
    join(project.folder, 'rosterferry.yaml'),
    yaml.replace(/(destination: \{ type: local, path: )[^ ]+/, '$1outbound'),
  );
  const named = Object.keys(drop).map((name): [string, string] => [
    name.replace('.csv', ''),
    join(sealed, 'inbound', name),
  ]);
  const { report } = await project.carry({ businessDate: '2026-11-22', named: new Map(named) });
  expect(report.run.outcome).to.equal('delivered');
  expect(await project.names(project.outbound)).to.include('students_2026-11-22.csv');
}

describe('a destination that does not take the files', () => {
  afterEach(() => project.remove());

  it('is not there: exit 3, and the drop is whole in the archive', async () => {
    await projectInto('nowhere', { 'students.csv': STUDENTS });
    const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
    expect(run.stderr).to.include(join(project.folder, 'nowhere'));
    await expectFailed(run, 'destination_missing', { 'students.csv': STUDENTS });
  });

  it('is a file: exit 3, and the file is as it was', async () => {
    await projectInto('students.yaml', { 'students.csv': STUDENTS });
    const before = await project.read(join(project.folder, 'students.yaml'));
    const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
    await expectFailed(run, 'destination_missing', { 'students.csv': STUDENTS });
    expect(await project.read(join(project.folder, 'students.yaml'))).to.equal(before);
  });

  it('has a folder under the name of the file: exit 3, nothing in it', async () => {
    await projectInto('outbound', { 'students.csv': STUDENTS });
    execFileSync('mkdir', [join(project.outbound, 'students_2026-11-22.csv')]);
    const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
    expect(run.exit, run.stderr).to.equal(3);
    expect(await project.names(join(project.outbound, 'students_2026-11-22.csv'))).to.deep.equal([]);
  });

  describe('on a disk of its own', () => {
    let disk: TinyDisk | undefined;
    before(function () {
      disk = mountTinyDisk();
      if (disk) return;
      process.stderr.write(
        '\n  no small disk can be mounted here (root on Linux can): full disks are not tried\n',
      );
      this.skip();
    });
    after(() => disk?.unmount());

    it('is full: exit 3, none of the files is there, not even the one that had room', async () => {
      const drop = { 'students.csv': STUDENTS, 'contacts.csv': TWO_MEGABYTES };
      await projectInto(disk?.folder ?? '', drop);
      const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
      expect(await project.names(disk?.folder ?? '')).to.deep.equal([]);
      await expectFailed(run, 'destination_full', drop);
    });

    it('may only be read: exit 3', async () => {
      execFileSync('mount', ['-o', 'remount,ro', disk?.folder ?? '']);
      try {
        await projectInto(disk?.folder ?? '', { 'students.csv': STUDENTS });
        const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
        await expectFailed(run, 'destination_denied', { 'students.csv': STUDENTS });
      } finally {
        execFileSync('mount', ['-o', 'remount,rw', disk?.folder ?? '']);
      }
    });

    it('is the archive, and too full for the drop: exit 3, and the drop is where it was', async () => {
      await projectInto('outbound', { 'students.csv': STUDENTS, 'contacts.csv': TWO_MEGABYTES });
      const yaml = join(project.folder, 'rosterferry.yaml');
      await writeFile(yaml, `${await project.read(yaml)}archive: { path: ${disk?.folder} }\n`);
      const run = await rosterferry(RUN, { cwd: project.folder });
      expect(run.exit, run.stderr).to.equal(3);
      expect(run.stderr).to.match(/^error\[local_disk_full\]: /);
      expect(await project.names(project.inbound)).to.deep.equal(['contacts.csv', 'students.csv']);
      expect(await project.read(join(project.inbound, 'contacts.csv'))).to.equal(TWO_MEGABYTES);
      expect(await project.names(project.outbound)).to.deep.equal([]);
      expect(await project.names(join(disk?.folder ?? '', '.open'))).to.deep.equal([]);
      await rm(join(disk?.folder ?? '', '.state'), { recursive: true });
      await rm(join(disk?.folder ?? '', '.open'), { recursive: true });
    });
  });

  it('does not let us write: exit 3', async function () {
    if (process.getuid?.() === 0) return this.skip();
    await projectInto('outbound', { 'students.csv': STUDENTS });
    await chmod(project.outbound, 0o555);
    const run = await rosterferry(['--json', ...RUN], { cwd: project.folder });
    await chmod(project.outbound, 0o755);
    await expectFailed(run, 'destination_denied', { 'students.csv': STUDENTS });
  });
});
