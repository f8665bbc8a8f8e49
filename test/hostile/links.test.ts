/** Links, pipes and swaps, by somebody who may write into the drop folder, the destination, or beside runs at work. */
import { execFileSync } from 'node:child_process';
import {
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { openLocalSource } from '../../src/source/local-source.ts';
import { makeProject, type Project } from '../builders/project.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';
const SECRET = STUDENTS.replace('Lee', 'KEY');
const SWAPS = process.env.NIGHTLY ? 20_000 : 300;

describe('links and swaps', () => {
  let project: Project;
  let outside: string;
  beforeEach(async () => {
    project = await makeProject();
    outside = join(project.folder, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'students.csv'), SECRET);
  });
  afterEach(() => project.remove());

  it('never show what lies outside of the drop folder, however often a link takes the place of a file', async () => {
    const target = join(project.inbound, 'students.csv');
    const spare = join(project.folder, 'spare');
    const atS = 1_700_000_000;
    const source = openLocalSource({
      type: 'local',
      path: project.inbound,
      ready: { quiet: '1ms' },
      after: 'leave',
    });
    const file = { name: 'students.csv', sizeBytes: STUDENTS.length, modifiedMs: atS * 1000 };
    let isOver = false;
    const swapping = (async () => {
      for (let at = 0; !isOver; at++) {
        if (at % 2 === 0) await symlink(join(outside, 'students.csv'), spare);
        else {
          await writeFile(spare, STUDENTS);
          await utimes(spare, atS, atS);
        }
        // Size and time of the two are the same: only that it is a link tells them apart.
        await rename(spare, target);
      }
    })();
    await utimes(join(outside, 'students.csv'), atS, atS);
    const ends = { whole: 0, refused: 0 };
    for (let at = 0; at < SWAPS; at++) {
      const to = join(project.folder, `got.${at}`);
      try {
        await source.fetch(file, to);
        expect(await readFile(to, 'utf8')).to.equal(STUDENTS);
        ends.whole++;
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        expect(thrown.code).to.equal('source_changed');
        ends.refused++;
      }
      await rm(to, { force: true });
    }
    isOver = true;
    await swapping;
    expect(ends.whole + ends.refused).to.equal(SWAPS);
    expect(ends.refused).to.be.above(0);
  });

  it('are left alone in the drop folder: a link, a pipe, a folder; nothing waits for their other end', async () => {
    await symlink(join(outside, 'students.csv'), join(project.inbound, 'students.1.csv'));
    execFileSync('mkfifo', [join(project.inbound, 'students.2.csv')]);
    await mkdir(join(project.inbound, 'students.3.csv'));
    expect((await project.run()).kind).to.equal('no_drop');
    await project.drop({ 'students.csv': STUDENTS });
    expect((await project.carry()).report.totals.students?.delivered).to.equal(1);
    expect(await project.names(project.inbound)).to.deep.equal([
      'students.1.csv',
      'students.2.csv',
      'students.3.csv',
    ]);
  });

  it('are replaced at the destination, and what they lead to is not written', async () => {
    const out = join(project.outbound, 'students_2026-11-22.csv');
    await symlink(join(outside, 'students.csv'), out);
    await link(join(outside, 'students.csv'), join(project.outbound, 'contacts.csv'));
    await project.drop({ 'students.csv': STUDENTS, 'contacts.csv': 'ID,Name\n1,Mum\n' });
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    expect((await stat(out)).nlink).to.equal(1);
    expect(await readFile(join(outside, 'students.csv'), 'utf8')).to.equal(SECRET);
  });

  it('are no runs at work: nothing is resumed from them, sealed or removed through them', async () => {
    const open = join(project.folder, 'archive/.open');
    await mkdir(open, { recursive: true });
    await writeFile(join(outside, 'state.json'), '{}');
    for (const name of ['20200101T000000Z-north-000000', '.unsealed.abc'])
      await symlink(outside, join(open, name));
    await project.drop({ 'students.csv': STUDENTS });
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    expect((await readdir(outside)).toSorted()).to.deep.equal(['state.json', 'students.csv']);
  });
});
