import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { rosterferry, rosterferryProcess } from './rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const GOOD = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`;
const CRASH = new URL('../faults/crash-at.ts', import.meta.url).href;
const KEYS = ['name', 'enabled', 'last_run', 'next_due', 'open_run', 'late'];

let project: Project;

async function status() {
  const [json, text] = await Promise.all([
    rosterferry(['--json', 'status'], { cwd: project.folder }),
    rosterferry(['status'], { cwd: project.folder }),
  ]);
  expect([json.exit, text.exit], text.stderr).to.deep.equal([0, 0]);
  const [connection] = JSON.parse(json.stdout).connections;
  expect(Object.keys(connection)).to.deep.equal(KEYS);
  const [head = '', row = '', ...lines] = text.stdout.trimEnd().split('\n');
  expect(head).to.match(/^connection +state +schedule +last run +outcome +next +open run$/);
  return { connection, row, lines: lines.filter((line) => line !== '') };
}

/** MM-dd, so many days from now. */
const dayAt = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(5, 10);

describe('rosterferry status', () => {
  afterEach(() => project.remove());
  const prepare = async (settings = '') => {
    project = await makeProject({ connection: `${settings}\n${CONNECTION}` });
  };

  it('says little where nothing is to be done', async () => {
    await prepare('schedule: { cron: "30 2 * * *" }');
    const never = await status();
    expect(never.connection).to.include({
      name: 'north',
      enabled: true,
      last_run: null,
      open_run: null,
      late: false,
    });
    expect(never.connection.next_due).to.match(/T02:30:00\.000-0[56]:00$/);
    expect(never.row).to.match(/^north +ok +cron 30 2 \* \* \* +never +\d{4}-\d\d-\d\d 02:30$/);
    await project.drop({ 'students.csv': GOOD });
    const { report } = await project.carry();
    const { connection, row, lines } = await status();
    expect(connection.last_run).to.deep.equal({
      id: report.run.id,
      outcome: 'delivered',
      started_at: report.run.started_at,
    });
    expect(row).to.match(/^north +ok +cron .* 2026-11-22 03:3\d +delivered/);
    expect(lines).to.deep.equal([]);
  });

  it('names a held run, why it waits, and what to type', async () => {
    await prepare();
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    await project.drop({ 'students.csv': GOOD });
    const { id } = (await project.carry()).report.run;
    const { connection, row, lines } = await status();
    expect(connection.open_run).to.deep.equal({ id, outcome: 'held' });
    expect(row)
      .to.match(/^north +held +watch .*held/)
      .and.to.include(id);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /^north: the run \S+ waits for a person\. .*\. See rosterferry review \S+; then approve/,
    );
  });

  it('names records that a delivered run left waiting', async () => {
    project = await makeProject({
      connection: CONNECTION.replace(
        /safeguards: .*/,
        'safeguards: { max_updated: 100%, max_removed: 100% }',
      ),
    });
    for (const code of ['A', 'I', 'A']) {
      await project.drop({ 'students.csv': GOOD.replace(',A,', `,${code},`) });
      await project.carry();
    }
    const { connection, row, lines } = await status();
    expect(row).to.match(/^north +ok /);
    expect(lines).to.deep.equal([
      `north: 1 record was left waiting for a person (1 student active again); see rosterferry review ${connection.last_run.id}.`,
    ]);
  });

  it('says why the last run failed', async () => {
    await prepare();
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    await project.carry();
    const { connection, row, lines } = await status();
    expect(connection.last_run.outcome).to.equal('failed');
    expect(row).to.match(/^north +failed /);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^north: the last run failed: .*has no column "ID".*\. Mend the name/);
  });

  it('names a run that is at work or was interrupted', async () => {
    await prepare();
    await project.drop({ 'students.csv': GOOD });
    const env = { CRASH_AT: 'after state claimed', NODE_OPTIONS: `--import ${CRASH}` };
    await rosterferryProcess(['run', 'north'], { cwd: project.folder, env });
    const { connection, row, lines } = await status();
    expect(connection.last_run).to.equal(null);
    expect(connection.open_run.outcome).to.equal('open');
    expect(row).to.match(/^north +open /);
    expect(lines[0]).to.include(`the run ${connection.open_run.id} is at work, or was interrupted`);
  });

  it('says that a connection is paused, until when, and what is due after that', async () => {
    await prepare(
      `schedule: { cron: "30 2 * * *" }\nexpect: { by: "00:00" }\npause: [ { from: "${dayAt(-3)}", to: "${dayAt(3)}", reason: summer } ]`,
    );
    const { connection, row, lines } = await status();
    expect(row).to.match(/^north +paused /);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^north: Paused from \S+ to \S+ \(summer\): nothing is carried\.$/);
    expect(connection.late).to.equal(false);
    expect(connection.next_due.slice(5, 10)).to.equal(dayAt(4));
  });

  it('says which drop is late', async () => {
    await prepare('expect: { by: "00:00" }');
    const { connection, row, lines } = await status();
    expect(connection.late).to.equal(true);
    expect(row).to.match(/^north +late /);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /^north: late: the drop of \d{4}-\d\d-\d\d, expected by 00:00, was not carried\.$/,
    );
  });

  it('says nothing of a connection that is switched off', async () => {
    await prepare('enabled: false\nschedule: { cron: "30 2 * * *" }\nexpect: { by: "00:00" }');
    const { connection, row, lines } = await status();
    expect(connection).to.deep.include({ enabled: false, next_due: null, late: false });
    expect(row).to.match(/^north +off /);
    expect(lines).to.deep.equal([]);
  });

  it('never takes an archive that cannot be read for an empty one', async () => {
    await prepare();
    await rm(join(project.folder, 'archive'), { recursive: true, force: true });
    expect((await status()).connection.last_run).to.equal(null);
    await writeFile(join(project.folder, 'archive'), '');
    const { exit, stderr } = await rosterferry(['status'], { cwd: project.folder });
    expect(exit).to.equal(3);
    expect(stderr).to.match(/^error\[local_io\]: Cannot list .*ENOTDIR/);
    await rm(join(project.folder, 'archive'));
    await mkdir(join(project.folder, 'archive'));
  });
});
