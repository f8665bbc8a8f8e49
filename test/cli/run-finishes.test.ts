/** A `run` after one that was interrupted: what is finished first counts as well. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferry, rosterferryProcess } from './rosterferry.ts';

const CRASH = new URL('../faults/crash-at.ts', import.meta.url).href;
const GOOD = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';
const BROKEN = 'Name\nLee\n';

let project: Project;

const run = (...args: string[]) => rosterferry(['run', 'north', ...args], { cwd: project.folder });

async function interrupt(students: string): Promise<void> {
  await project.drop({ 'students.csv': students });
  const env = { CRASH_AT: 'after state claimed', NODE_OPTIONS: `--import ${CRASH}` };
  const { exit } = await rosterferryProcess(['run', 'north'], { cwd: project.folder, env });
  expect(exit).to.equal(null);
}

describe('rosterferry run, after one that was interrupted', () => {
  beforeEach(async () => {
    project = await makeProject();
  });
  afterEach(() => project.remove());

  it('reports the one that it finished, and that there was nothing else', async () => {
    await interrupt(GOOD);
    const { exit, stdout, stderr } = await run();
    expect(exit, stderr).to.equal(0);
    expect(stdout)
      .to.match(/^north, .*\n/)
      .and.to.include('Delivered: 1 row in 1 file.');
    expect(stdout).to.match(/\nnorth: No file in .* Nothing else was done\.\n$/);
    expect(stderr).to.match(/^finished the run \S+-north-\S+, which had been interrupted: delivered\n$/);
  });

  it('answers 3 where the one that it finished has failed, and says why', async () => {
    await interrupt(BROKEN);
    const { exit, stdout, stderr } = await run();
    expect(exit).to.equal(3);
    expect(stdout).to.include('Nothing else was done.');
    expect(stderr).to.match(/\nerror\[missing_column\]: /);
  });

  it('answers the worst of both, and reports both', async () => {
    await interrupt(BROKEN);
    const good = join(project.folder, 'good.csv');
    await writeFile(good, GOOD);
    const { exit, stdout } = await run('--file', `students=${good}`);
    expect(exit).to.equal(3);
    expect(stdout.match(/^north, /gm)).to.have.length(2);
    expect(stdout).to.include('Delivered: 1 row in 1 file.');
  });

  it('answers one document with --json, and keeps what was finished with it', async () => {
    await interrupt(BROKEN);
    const { exit, stdout, stderr } = await run('--json');
    expect(exit).to.equal(3);
    const document = JSON.parse(stdout);
    expect(document).to.deep.include({ run: null, connection: 'north', drop: { state: 'none' } });
    expect(document.finished).to.have.length(1);
    expect(document.finished[0].run.outcome).to.equal('failed');
    expect(stderr).to.match(/error\[missing_column\]: /);
  });
});
