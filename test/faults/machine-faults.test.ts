/** Faults of the machine around a process: it stands still, runs out of memory, of files, of names. */
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asAppError } from '../../src/errors/app-error.ts';
import { makeProject, type Project, type ProjectOptions } from '../builders/project.ts';
import { MAIN, rosterferry, rosterferryProcess, startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';
import { CANARY, dropOf, HEADER, outOf, ROOMY } from './one-drop.ts';

const PRELOAD = new URL('./crash-at.ts', import.meta.url).href;
const PRLIMIT = '/usr/bin/prlimit';
const STANDS_STILL_MS = process.env.NIGHTLY === '1' ? 15_000 : 300;

let project: Project;
let seen: Seen;
let expected: string[];

async function begin(options: ProjectOptions = {}, outputs = [outOf('CanaryOne')]): Promise<void> {
  expected = outputs;
  project = await makeProject({ connection: ROOMY, ...options });
  seen = watchFolder(project.outbound, (text) => expected.includes(text));
}

async function expectWell(
  said: string,
  folders: readonly string[] = [],
  outcomes: readonly string[] = expected.map(() => 'delivered'),
): Promise<void> {
  await expectAllIsWell({
    ...{ project, seen, expected, said, outcomes },
    folders: [project.inbound, project.outbound, ...folders],
    openBefore: openFiles(),
    canary: CANARY,
  });
}

/** Of a process: T where it stands still. */
const standing = (child: ChildProcess) =>
  /\) (\w)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8'))?.[1];

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 500 && !isSo(); look += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo(), 'it never came to that').to.equal(true);
}

describe('faults of the machine', () => {
  afterEach(async () => {
    seen.end();
    await project.remove();
  });

  it('a daemon that stands still in the middle of a drop keeps its locks, and goes on where it was', async function () {
    if (process.platform !== 'linux') return this.skip();
    this.timeout(20_000 + STANDS_STILL_MS);
    await begin();
    await project.drop({ 'students.csv': dropOf('CanaryOne') });
    const env = {
      CRASH_AT: 'after state staged',
      CRASH_SIGNAL: 'SIGSTOP',
      NODE_OPTIONS: `--import=${PRELOAD}`,
    };
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder, env });
    try {
      await until(() => standing(child) === 'T');
      await new Promise((resolve) => setTimeout(resolve, STANDS_STILL_MS));
      const second = await rosterferry(['start'], { cwd: project.folder });
      expect(second.exit).to.equal(7);
      expect(second.stderr)
        .to.match(/^error\[daemon_running\]: /)
        .and.include(`process ${child.pid}.`);
      expect(await project.run().catch(asAppError)).to.include({ code: 'already_running' });
      child.kill('SIGCONT');
      await waitForLine(child, 'run delivered');
      child.kill('SIGTERM');
      const { exit, stderr } = await ended;
      expect(exit, stderr).to.equal(0);
      await expectWell(stderr + second.stderr);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('a run that runs out of memory ends, and the next one brings the drop over once', async () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => at + 1);
    const rows = ids.map((id) => `${id},CanaryOne${id},Ann,5/1/2015,F,A,10,5\n`);
    const out = ids.map((id) => `${id},CanaryOne${id},Ann,2015-05-01,Female\r\n`);
    const [head = ''] = outOf('').split('\r\n');
    await begin({}, [`${head}\r\n${out.join('')}`]);
    await project.drop({ 'students.csv': HEADER + rows.join('') });
    const small = { NODE_OPTIONS: '--max-old-space-size=12 --max-semi-space-size=1' };
    const dead = await rosterferryProcess(['run', 'north'], { cwd: project.folder, env: small });
    expect(dead.exit, 'it had memory enough').to.equal(null);
    expect(dead.stderr).to.include('heap');
    expect(await project.names(project.outbound)).to.deep.equal([]);
    await project.run();
    await expectWell(dead.stderr);
  });

  for (const files of [24, 30, 40])
    it(`with ${files} open files a run works, or says why and keeps the drop`, async function () {
      if (!existsSync(PRLIMIT)) return this.skip();
      await begin();
      await project.drop({ 'students.csv': dropOf('CanaryOne') });
      const args = [`--nofile=${files}`, process.execPath, MAIN, 'run', 'north'];
      const run = spawnSync(PRLIMIT, args, { cwd: project.folder, encoding: 'utf8' });
      if (run.status !== 0)
        expect(run.stderr).to.match(
          /^error\[local_io\]: .*(EMFILE: too many open files|unable to open database)/,
        );
      await project.run();
      const names = await project.names(project.outbound);
      if (names.length > 0) return expectWell(run.stderr);
      // A run that had begun may end as failed: then it says so, and the drop is whole in the archive.
      expected = [];
      await expectWell(run.stderr, [], ['failed']);
    });

  describe('on a disk that has room and no names left', () => {
    let disk: TinyDisk | undefined;
    beforeEach(function () {
      disk = mountTinyDisk('size=4m,nr_inodes=40');
      if (disk) return;
      process.stderr.write(
        '\n  no small disk can be mounted here (root on Linux can): inodes are not tried\n',
      );
      this.skip();
    });
    afterEach(() => {
      seen.end();
      disk?.unmount();
    });

    const fill = (folder: string) => {
      for (let at = 0; ; at += 1)
        try {
          writeFileSync(join(folder, `filler-${at}`), '');
        } catch {
          return;
        }
    };
    const free = (folder: string) => {
      for (const name of readdirSync(folder)) if (name.startsWith('filler-')) rmSync(join(folder, name));
    };

    it('the archive: says that its disk is full, takes nothing, and goes on once there is room', async () => {
      const folder = disk?.folder ?? '';
      await begin();
      await project.drop({ 'students.csv': dropOf('CanaryOne') });
      const archive = join(project.folder, 'archive');
      execFileSync('mkdir', [archive]);
      execFileSync('mount', ['--bind', folder, archive]);
      try {
        fill(folder);
        const run = await rosterferry(['run', 'north'], { cwd: project.folder });
        expect(run.exit, run.stderr).to.equal(3);
        expect(run.stderr).to.match(/^error\[local_disk_full\]: .*archive/);
        expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
        free(folder);
        await project.run();
        await expectWell(run.stderr);
      } finally {
        execFileSync('umount', ['-l', archive]);
      }
    });

    it('the destination: says that it is full, and the daemon delivers once there is room', async () => {
      const folder = disk?.folder ?? '';
      await begin({ connection: ROOMY.replace('path: outbound', `path: ${folder}`) });
      seen.end();
      seen = watchFolder(folder, (text) => text === '' || expected.includes(text));
      await project.drop({ 'students.csv': dropOf('CanaryOne') });
      fill(folder);
      const fault = await project.run({ trigger: 'watch', onlyNew: true }).catch(asAppError);
      expect(fault).to.include({ code: 'destination_full' });
      expect((await project.names(folder)).filter((name) => !name.startsWith('filler-'))).to.deep.equal([]);
      free(folder);
      await project.run();
      seen.whole.delete('');
      await expectWell(String(fault), [folder]);
    });
  });
});
