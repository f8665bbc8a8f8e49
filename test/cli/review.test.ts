/** From "exit code 4" to a released run, as a registrar types it. */
import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

const SAFEGUARDS = 'safeguards: { max_rejected: 100%, max_updated: 100% }';

function drop(status: string): string {
  return `ID,Last,First,DOB,Gender,Status,School,Grade\n0012,Lee,Ann,5/1/2015,F,${status},10,5\n0013,Poe,Bob\u00a0,5/2/2015,M,A,10,5\n`;
}

describe('rosterferry review', () => {
  let project: Project;
  let held: string;

  const type = (...args: string[]): Promise<Ended> => rosterferry(args, { cwd: project.folder });

  before(async () => {
    project = await makeProject({ connection: CONNECTION.replace(/safeguards: .*/, SAFEGUARDS) });
    for (const status of ['A', 'I']) {
      await project.drop({ 'students.csv': drop(status) });
      await project.carry();
    }
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    await project.drop({ 'students.csv': drop('A') });
    held = (await project.carry()).report.run.id;
  });
  after(() => project.remove());

  it('shows what the run waits for, for people and for programs', async () => {
    const [text, json] = await Promise.all([type('review', held), type('--json', 'review', held)]);
    expect([text.exit, text.stderr, json.exit]).to.deep.equal([0, '', 0]);
    expect(text.stdout).to.include(`${held} of north: held`);
    expect(text.stdout).to.include('Active again (reactivated): 1');
    expect(text.stdout).to.include('students 0012: ');
    expect(text.stdout).to.include(`rosterferry approve ${held}`);
    const { run, outcome, reasons, counts, items } = JSON.parse(json.stdout);
    expect([run, outcome, reasons.length, counts.reactivated]).to.deep.equal([held, 'held', 1, 1]);
    const item = items.find(({ kind }: { kind: string }) => kind === 'reactivated');
    expect(item).to.deep.include({ student_id: '0012', decisions: ['approve', 'leave_out'], decision: null });
    expect(item.values).to.include({ last_name: 'Lee' });
  });

  it('gives the questions out as a sheet, to a new file or to stdout', async () => {
    const { exit, stdout } = await type('review', held, '--export', 'sheet.csv');
    expect([exit, stdout]).to.deep.equal([0, 'sheet.csv: 2 rows to decide about.\n']);
    const again = await type('--json', 'review', held, '--export', 'sheet.csv');
    expect(again.exit).to.equal(2);
    expect(JSON.parse(again.stdout).error.code).to.equal('already_exists');
    const piped = await type('review', held, '--export', '-');
    expect(piped.stdout).to.equal(await readFile(join(project.folder, 'sheet.csv'), 'utf8'));
  });

  it('names every wrong cell and takes nothing', async () => {
    const sheet = await readFile(join(project.folder, 'sheet.csv'), 'utf8');
    const wrong = sheet.replace('\r\n,reactivated,students,0012', '\r\nnew,reactivated,students,12');
    await writeFile(join(project.folder, 'wrong.csv'), wrong);
    const { exit, stdout, stderr } = await type('review', held, '--import', 'wrong.csv');
    expect([exit, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.match(
      /^error\[review_id\]: wrong\.csv:\d:4: The spreadsheet changed the cell student_id: its leading zeros are gone\./,
    );
    const unknown = await type('review', held, '--import', 'none.csv');
    expect(unknown.stderr).to.match(/^error\[review_unreadable\]: none\.csv: There is no such file\./);
  });

  it('takes the filled sheet, says who decided, and the run is released by approve', async () => {
    const sheet = await readFile(join(project.folder, 'sheet.csv'), 'utf8');
    const filled = sheet.replace('\r\n,reactivated,', '\r\n Approve ,reactivated,');
    await writeFile(join(project.folder, 'filled.csv'), filled);
    const taken = await type('review', held, '--import', 'filled.csv', '--reason', 'she is back');
    expect([taken.exit, taken.stderr]).to.deep.equal([0, '']);
    expect(taken.stdout).to.match(
      /^1 decision taken; 0 still open\.\nThe run was drafted again with them and is held: /,
    );
    const shown = JSON.parse((await type('--json', 'show', held)).stdout);
    expect(shown.decisions[0]).to.include({
      ...{ decision: 'approve', student_id: '0012', by: userInfo().username, reason: 'she is back' },
    });
    const approved = await type('approve', held);
    expect(approved.exit).to.equal(0);
    const after = await type('review', held);
    expect(after.stdout).to.include('Nothing of this run waits for a person.');
  });

  it('refuses what nobody can have meant', async () => {
    const cases: readonly [args: string[], code: string][] = [
      [['review', '20200101T000000Z-north-000000'], 'unknown_run'],
      [['review', '../../etc'], 'unknown_run'],
      [['review', held, '--export', 'a.csv', '--import', 'b.csv'], 'usage'],
      [['review', held, '--reason', 'because'], 'usage'],
      [['review', held, '--import', 'a.csv', '--reason', ' '], 'usage'],
      [['--json', 'review', held, '--export', '-'], 'usage'],
    ];
    for (const [args, code] of cases) {
      const { exit, stderr } = await type(...args);
      expect([exit, stderr.slice(0, code.length + 7)]).to.deep.equal([2, `error[${code}]`]);
    }
  });
});
