import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const STUDENTS = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n2,Old,Gus,1/1/1990,M,G,10,12\n3,Teen,Ivy,1/1/2010,F,I,10,11\n`;
const ESCAPE = '\u001b';

let project: Project;

function run(...args: string[]): Promise<Ended> {
  return rosterferry(['run', 'north', ...args], { cwd: project.folder });
}

describe('rosterferry run', () => {
  beforeEach(async () => {
    project = await makeProject();
  });
  afterEach(() => project.remove());

  it('prints the report in plain text, and where the run lies', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    const { exit, stdout, stderr } = await run('--as-of', '2026-11-22');
    expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
    expect(stdout).not.to.include(ESCAPE);
    expect(stdout).to.match(/^north, 2026-11-22\n/);
    expect(stdout)
      .to.include('Out? Delivered: 2 rows in 1 file.')
      .and.to.match(/Balanced\? Yes\./);
    const folder = /^Folder: (.+)$/m.exec(stdout)?.[1] ?? '';
    expect(await project.names(folder)).to.include.members([
      'report.json',
      'SHA256SUMS',
      'inbound',
      'outbound',
    ]);
    expect(await project.names(project.outbound)).to.deep.equal(['students_2026-11-22.csv']);
  });

  it('prints one document with --json: the report as it lies in the archive', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    const { exit, stdout } = await run('--json', '--as-of', '2026-11-22');
    expect(exit).to.equal(0);
    const report = JSON.parse(stdout);
    const sealed = join(project.folder, 'archive/north/2026/11', report.run.id);
    expect(report).to.deep.equal(JSON.parse(await project.read(join(sealed, 'report.json'))));
    expect(report.run).to.include({ trigger: 'manual', outcome: 'delivered', business_date: '2026-11-22' });
  });

  it('says where it looked for what, where nothing is there', async () => {
    const none = await run();
    expect({ exit: none.exit, stdout: none.stdout }).to.deep.equal({
      exit: 0,
      stdout: `north: No file in ${project.inbound} fits students*.csv or contacts*.csv. Nothing was done.\n`,
    });
    await project.drop({ 'contacts.csv': 'ID,Name\n1,Mum\n' });
    const waiting = await run();
    expect(waiting.stdout).to.equal(
      `north: The drop in ${project.inbound} is not whole yet. Missing: students (students*.csv). Nothing was done.\n`,
    );
    const { exit, stdout } = await run('--json');
    expect(exit).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.include({ run: null, connection: 'north' });
  });

  it('drafts with --dry-run, and changes nothing else', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    const { exit, stdout } = await run('--json', '--dry-run', '--as-of', '2026-11-22');
    const { run: facts } = JSON.parse(stdout);
    expect([exit, facts.outcome]).to.deep.equal([0, 'dry_run']);
    const draft = join(project.folder, 'archive/.dry', facts.id, 'outbound/students_2026-11-22.csv');
    expect(await project.read(draft)).to.include('1,Lee,Ann,2015-05-01,Female');
    expect([await project.names(project.outbound), await project.names(project.inbound)]).to.deep.equal([
      [],
      ['students.csv'],
    ]);
    const shown = await rosterferry(['--json', 'show', facts.id], { cwd: project.folder });
    expect(JSON.parse(shown.stdout).run.id).to.equal(facts.id);
    const runs = await rosterferry(['--json', 'runs'], { cwd: project.folder });
    expect(JSON.parse(runs.stdout)).to.deep.equal({ runs: [] });
  });

  it('takes files by name, relative to where it was called, and leaves them there', async () => {
    await writeFile(join(project.folder, 'by-hand.csv'), STUDENTS);
    const { exit, stdout, stderr } = await run('--json', '--file', 'students=by-hand.csv');
    expect(exit, stderr).to.equal(0);
    expect(JSON.parse(stdout).inputs[0]).to.include({ name: 'students', file: 'by-hand.csv', rows: 3 });
    expect(await readdir(project.folder)).to.include('by-hand.csv');
  });

  it('ends with 3 where the run failed, and says at which place of the file', async () => {
    await project.drop({ 'students.csv': `${HEADER}1,"Lee,Ann,5/1/2015,F,A,10,5\n` });
    const { exit, stdout, stderr } = await run('--json', '--as-of', '2026-11-22');
    expect(exit).to.equal(3);
    expect(stderr).to.match(
      /^error\[unclosed_quote\]: students\.csv:2:2: A quote is opened .+\. Mend the quote .+\n$/,
    );
    const report = JSON.parse(stdout);
    expect([report.run.outcome, report.error.place]).to.deep.equal([
      'failed',
      { file: 'students.csv', line: 2, column: 2 },
    ]);
    expect(await project.names(project.outbound)).to.deep.equal([]);
  });

  it('ends with 4 where the run is held, and the next one too', async () => {
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    await project.drop({ 'students.csv': STUDENTS });
    const held = await run();
    expect(held.exit, held.stderr).to.equal(4);
    expect(held.stdout).to.match(/Out\? Held/);
    expect(await project.names(project.outbound)).to.deep.equal([]);
    const next = await run();
    expect(next.exit).to.equal(4);
    expect(next.stderr).to.match(/^error\[open_run\]: /);
  });

  it('ends with 7 where the connection is running already', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    using _lock = lockConnection(join(project.folder, 'archive'), 'north');
    const { exit, stderr } = await run();
    expect(exit).to.equal(7);
    expect(stderr).to.match(/^error\[already_running\]: /);
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
  });

  const MISTYPED: readonly [args: string[], exit: number, stderr: RegExp][] = [
    [
      ['--as-of', '11/22/2026'],
      2,
      /^error\[usage\]: --as-of 11\/22\/2026 is no date\. Write it as yyyy-MM-dd/,
    ],
    [['--file', 'students'], 2, /^error\[usage\]: --file students does not say which file it is\./],
    [['--file', 'student=a.csv'], 2, /has no file student; it has students, contacts\./],
    [['--file', 'students=none.csv'], 3, /^error\[input_missing\]: There is no file .*none\.csv\./],
    [['--file', 'contacts=a.csv'], 2, /not whole without students: name each with --file NAME=PATH\./],
  ];
  it('says what is wrong with a mistyped option, and leaves nothing behind', async () => {
    // One after the other: each takes the lock of the connection, and two at once would only tell of that.
    for (const [args, exit, stderr] of MISTYPED) {
      const ended = await run(...args);
      expect(ended.exit, ended.stderr).to.equal(exit);
      expect(ended.stderr).to.match(stderr);
      expect(ended.stdout).to.equal('');
    }
    expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
  });
});
