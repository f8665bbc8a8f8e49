import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { makeProject, NOW_MS, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,School,Grade,Status\n';
const NIGHT = `${HEADER}004711,Cruz,Maria,3/9/2015,F,410,6,A\n004712,Diaz,Bob,6/2/2014,M,410,6,A\n`;

describe('a run that is drafted once more, after it was stopped among its books', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': NIGHT });
  });
  afterEach(() => project.remove());

  const stateOfOpen = () => {
    const open = join(project.folder, 'archive/.open');
    const [path] = (existsSync(open) ? readdirSync(open) : []).map((run) => join(open, run, 'state.json'));
    return path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).state : undefined;
  };

  /** The daemon is asked to end right behind the step that says that the run is drafted. */
  const stopped = (): Pick<RunTools, 'clock' | 'signal'> => {
    const controller = new AbortController();
    const now = () => {
      if (stateOfOpen() === 'drafted') controller.abort();
      controller.signal.throwIfAborted();
      return NOW_MS;
    };
    const clock = { now, monotonicMs: () => performance.now(), sleep: async () => undefined };
    return { clock, signal: controller.signal };
  };

  it('teaches what it drafted then, however much longer or shorter that is', async () => {
    expect(await project.run({}, stopped()).catch(String)).to.match(/^AbortError/);
    expect(stateOfOpen()).to.equal('drafted');
    // In the meantime somebody mended the mapping: every record has more to be remembered.
    const more = STUDENTS_MAPPING.replace('Female', 'Female and much more').replace(
      'Male',
      'Male and much more',
    );
    await writeFile(join(project.folder, 'students.yaml'), more);
    expect((await project.run()).kind).to.equal('no_drop');
    expect((await verifyArchive(join(project.folder, 'archive'))).problems).to.deep.equal([]);
    await project.drop({ 'students.csv': `${NIGHT}004713,Poe,Eve,6/2/2014,F,410,6,A\n` });
    const { report } = await project.carry();
    expect(report.totals.students).to.include({ created: 1, unchanged: 2 });
  });
});
