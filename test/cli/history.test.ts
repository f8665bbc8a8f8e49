/** The commands that look back: runs, show, status, verify. */
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const GOOD = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`;

let project: Project;
let ids: { delivered: string; failed: string; held: string };

function type(...args: string[]): Promise<Ended> {
  return rosterferry(args, { cwd: project.folder });
}

describe('rosterferry, looking back', () => {
  before(async () => {
    project = await makeProject();
    const carry = async (content: string) => {
      await project.drop({ 'students.csv': content });
      return (await project.carry()).report.run.id;
    };
    const delivered = await carry(GOOD);
    const failed = await carry('Name\nLee\n');
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    ids = { delivered, failed, held: await carry(GOOD) };
  });
  after(() => project.remove());

  it('lists runs, newest first, the held one as held', async () => {
    const { exit, stdout } = await type('--json', 'runs');
    expect(exit).to.equal(0);
    const { runs } = JSON.parse(stdout);
    expect(runs.map((one: { id: string; outcome: string }) => [one.id, one.outcome])).to.deep.equal([
      [ids.held, 'held'],
      [ids.failed, 'failed'],
      [ids.delivered, 'delivered'],
    ]);
    expect(Object.keys(runs[0])).to.deep.equal([
      'id',
      'connection',
      'outcome',
      'business_date',
      'started_at',
      'totals',
    ]);
    expect(runs[2].totals.students).to.include({ read: 1, carried: 1, delivered: 1 });
  });

  it('lists as many as are asked for, as a table', async () => {
    const { stdout } = await type('runs', 'north', '--limit', '1');
    expect(stdout.trimEnd().split('\n')).to.have.length(2);
    expect(stdout)
      .to.match(/^run +date +outcome/)
      .and.to.include(ids.held);
    const { exit, stderr } = await type('runs', '--limit', '0');
    expect(exit).to.equal(2);
    expect(stderr).to.include('--limit 0 is no whole number above zero');
  });

  it('shows the report of any run', async () => {
    const documents = Object.values(ids).map((id) => type('--json', 'show', id));
    const [text, ...shown] = await Promise.all([type('show', ids.failed), ...documents]);
    expect(shown.map(({ stdout }) => JSON.parse(stdout).run.id)).to.deep.equal(Object.values(ids));
    expect(text.stdout).to.include('Out? Failed').and.to.include('has no column "ID"');
  });

  it('knows no run of another id, whatever it is', async () => {
    const asked = ['20200101T000000Z-north-000000', '../../etc'].map((id) => type('show', id));
    for (const { exit, stderr } of await Promise.all(asked)) {
      expect(exit).to.equal(2);
      expect(stderr).to.match(/^error\[unknown_run\]: .*rosterferry runs lists the runs\.\n$/);
    }
  });

  it('tells the status of each connection', async () => {
    const [{ exit, stdout }, table] = await Promise.all([type('--json', 'status'), type('status')]);
    expect(exit).to.equal(0);
    const [status, ...more] = JSON.parse(stdout).connections;
    expect(more).to.deep.equal([]);
    expect(status).to.include({ name: 'north', enabled: true, next_due: null, late: false });
    expect(status.last_run).to.include({ id: ids.held, outcome: 'held' });
    expect(status.open_run).to.deep.equal({ id: ids.held, outcome: 'held' });
    expect(table.stdout).to.match(/^connection .*open run\nnorth +held +watch .*held/);
  });

  it('verifies the archive, by every name that it may be called by', async () => {
    const archive = join(project.folder, 'archive');
    const run = join(archive, 'north/2026/11', ids.failed);
    const names = [[], ['north'], ['archive'], [join(archive, 'north')], [run]];
    const verified = await Promise.all(names.map((what) => type('--json', 'verify', ...what)));
    for (const [index, { exit, stdout }] of verified.entries()) {
      expect(exit, names[index]?.join()).to.equal(0);
      const runs = names[index]?.[0] === run ? 1 : 2;
      expect(JSON.parse(stdout)).to.deep.include({ ok: true, runs, problems: [] });
    }
    const anywhere = await rosterferry(['verify', archive], { cwd: '/' });
    expect(anywhere.stdout).to.match(
      /^2 runs with \d+ files verified: nothing missing, added or altered\.\n$/,
    );
  });

  it('never calls verified what it did not find', async () => {
    await mkdir(join(project.folder, 'empty'));
    expect((await type('verify', 'nort')).stderr).to.equal(
      'error[unknown_connection]: nort is neither a connection nor a folder. Did you mean north?\n',
    );
    const wrong = await Promise.all(['empty', '.', 'rosterferry.yaml'].map((what) => type('verify', what)));
    for (const { exit, stdout } of wrong) expect({ exit, stdout }).to.deep.equal({ exit: 2, stdout: '' });
  });

  it('ends with 5 where the archive is altered, and names each file', async () => {
    const run = join(project.folder, 'archive/north/2026/11', ids.delivered);
    await appendFile(join(run, 'inbound/students.csv'), '2,Lee,Bob,5/1/2015,F,A,10,5\n');
    await rm(join(run, 'changes.csv'));
    await writeFile(join(run, 'extra.txt'), '');
    const { exit, stdout } = await type('verify');
    expect(exit).to.equal(5);
    for (const [problem, file] of [
      ['altered', 'inbound/students.csv'],
      ['missing', 'changes.csv'],
      ['added', 'extra.txt'],
    ])
      expect(stdout).to.match(new RegExp(`^${problem}  ${ids.delivered}  ${file}$`, 'm'));
    expect(JSON.parse((await type('--json', 'verify')).stdout)).to.deep.include({ ok: false, runs: 2 });
  });
});
