/** The questions of an auditor, each asked by the one command that docs/auditing.md names. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../builders/project.ts';
import { rosterferry } from '../cli/rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const DAY_MS = 86_400_000;
const NIGHTS = process.env.NIGHTLY ? 180 : 6;
/** Long ago, so that retention has something to do today. */
const FIRST_MS = NOW_MS - 700 * DAY_MS;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 5)));
const clockAt = (night: number) => ({
  now: () => FIRST_MS + night * DAY_MS,
  monotonicMs: () => performance.now(),
  sleep,
});

/** Each night one more student; every third night one is gone. Bob is there from the first to the fourth. */
function dropOf(night: number): string {
  const row = (id: number, first: string) => `${id},Lee,${first},5/1/2015,F,A,10,5\n`;
  const others = Array.from({ length: 20 + night }, (_, at) => at + 100).filter(
    (at) => at % 3 !== 0 || at > 100 + night,
  );
  const bob = night < 4 ? row(2, 'Bob') : '';
  return (
    HEADER +
    row(1, 'Ann') +
    bob +
    '9,Fox,Eve,5/1/1980,F,G,10,5\n' +
    others.map((id) => row(id, 'Kim')).join('')
  );
}

let project: Project;
const runs: string[] = [];

async function ask(...args: string[]) {
  const ended = await rosterferry(['--json', ...args], { cwd: project.folder });
  return { ...ended, answer: JSON.parse(ended.stdout || 'null') };
}

describe('an auditor asks', function () {
  this.timeout(NIGHTS * 2000);
  let heads = '';

  before(async () => {
    const limits = 'safeguards: { max_rejected: 100%, max_removed: 50%, max_created: 100% }';
    project = await makeProject({
      connection: CONNECTION.replace(/safeguards: .*/, `title: North to Enroll\n${limits}`),
    });
    for (let night = 0; night < NIGHTS; night++) {
      await project.drop({ 'students.csv': dropOf(night) });
      const { report } = await project.carry({}, { clock: clockAt(night) });
      expect(report.run.outcome).to.equal('delivered');
      runs.push(report.run.id);
    }
    heads = (await rosterferry(['verify', '--head'], { cwd: project.folder })).stdout;
    await writeFile(join(project.folder, 'heads.txt'), heads);
  });
  after(() => project.remove());

  it("why is this student not in last night's file", async () => {
    const [eve] = (await ask('why', '9')).answer.runs;
    expect(eve).to.include({ run: runs.at(-1), outcome: 'delivered' });
    expect(eve.sent).to.deep.equal([]);
    expect(eve.not_carried[0]).to.include({ file: 'students.csv', code: 'age' });
    const [ann] = (await ask('why', '1', '--connection', 'north')).answer.runs;
    expect(ann.sent.map(({ record }: { record: string }) => record)).to.deep.equal(['students']);
    const [bob] = (await ask('why', '2', '--run', runs[4] ?? '')).answer.runs;
    expect(bob).to.include({ removed: 'absent' });
    const told = (await rosterferry(['why', '9'], { cwd: project.folder })).stdout;
    expect(told).to.include('Not carried: students.csv, line ').and.to.include(': age.');
  });

  it('what did we send about them in a month, and to whom', async () => {
    const { answer } = await ask('disclosures', '2');
    expect(answer.disclosures.map(({ run }: { run: string }) => run)).to.deep.equal(runs.slice(0, 4));
    const [first] = answer.disclosures;
    expect(first).to.include({
      recipient: 'North to Enroll',
      destination: project.outbound,
      record: 'students',
    });
    expect(first.fields).to.deep.equal(['student_id', 'last_name', 'first_name', 'birth_date', 'gender']);
    const day = first.delivered_at.slice(0, 10);
    const ofDay = await ask('disclosures', '2', '--from', day, '--to', day, '--connection', 'north');
    expect(ofDay.answer.disclosures).to.deep.equal([first]);
    const csv = (await rosterferry(['disclosures', '2', '--csv'], { cwd: project.folder })).stdout;
    expect(csv.trimEnd().split('\r\n')).to.have.length(5);
    expect((await ask('disclosures', '9')).answer.disclosures).to.deep.equal([]);
  });

  it('is every row of every delivered file disclosed to somebody, and no more', async () => {
    const carried = new Map<string, number>();
    await project.withTools(async (_, tools) => {
      const ledger = await tools.ledger();
      for (const id of ['1', '2', '9', ...Array.from({ length: 20 + NIGHTS }, (_, at) => String(at + 100))])
        for (const { run } of await ledger.disclosures(id, {}))
          carried.set(run.id, (carried.get(run.id) ?? 0) + 1);
    });
    for (const run of runs) {
      const { outputs } = (await ask('show', run)).answer;
      expect(carried.get(run), run).to.equal(outputs[0].rows);
    }
  });

  it('did anyone alter the archive', async () => {
    const { exit, answer } = await ask('verify', '--against', 'heads.txt');
    expect({ exit, ...answer }).to.deep.include({ exit: 0, ok: true, runs: NIGHTS });
    const [sha256 = ''] = heads.split(' ');
    expect((await ask('verify', 'north', '--against', sha256)).exit).to.equal(0);
    const other = await ask('verify', '--against', 'f'.repeat(64));
    expect(other.exit).to.equal(5);
    expect(other.answer.problems[0]).to.include({ problem: 'cut_off' });
  });

  it('do the totals of all nights join up', async () => {
    const { answer } = await ask('runs', 'north', '--outcome', 'delivered');
    const nights = answer.runs.toReversed();
    expect(nights).to.have.length(NIGHTS);
    let last = 0;
    for (const { totals } of nights) {
      const { created, removed, delivered } = totals.students;
      expect(last + created - removed).to.equal(delivered);
      last = delivered;
    }
  });

  it('which runs were there on a day', async () => {
    const [{ business_date: day }] = (await ask('runs', '--limit', '1')).answer.runs;
    const { answer } = await ask('runs', 'north', '--date', day);
    expect(answer.runs.map(({ id }: { id: string }) => id)).to.deep.equal([runs.at(-1)]);
    expect((await ask('runs', '--from', '2020-01-01', '--to', '2020-12-31')).answer.runs).to.deep.equal([]);
  });

  it('who approved the mass removal, and what did they see', async () => {
    await project.drop({ 'students.csv': `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n` });
    const { report: held } = await project.carry({}, { clock: clockAt(NIGHTS) });
    expect(held.run.outcome).to.equal('held');
    await project.decide(held.run.id, { decision: 'approve', by: 'kim', reason: 'the school closed' });
    const { answer } = await ask('show', held.run.id);
    expect(answer.decisions[0]).to.include({ decision: 'approve', by: 'kim', reason: 'the school closed' });
    const limit = answer.safeguards.find(({ name }: { name: string }) => name === 'max_removed');
    expect(limit).to.include({ limit: '50%', breached: true });
    runs.push(held.run.id);
  });

  it('what was destroyed, and why', async () => {
    const dry = await ask('purge', '--dry-run');
    expect(dry.answer.connections[0]).to.include({ name: 'north', purge: null });
    const { exit, answer } = await ask('purge');
    expect(exit).to.equal(0);
    const [north] = answer.connections;
    // The last one was approved, and sealed, today.
    expect(north.runs).to.have.length(NIGHTS);
    const verified = await ask('verify', '--against', 'heads.txt');
    expect(verified.exit).to.equal(0);
    expect(verified.answer.destroyed[0]).to.include({ purge: north.purge, runs: NIGHTS, left: 0 });
    const record = join(
      project.folder,
      'archive/north',
      north.purge.slice(0, 4),
      north.purge.slice(4, 6),
      north.purge,
    );
    const { runs: named, by, retain } = JSON.parse(await readFile(join(record, 'destruction.json'), 'utf8'));
    expect(by).to.be.a('string').and.not.equal('');
    expect(retain).to.deep.equal({ files: '400d', reports: '7y' });
    expect(named[0].files[0]).to.include({ rule: 'retain.files', older_than: '400d' });
    // To whom a student was disclosed is told all the same, and what was sent is not.
    const { disclosures } = (await ask('disclosures', '2')).answer;
    expect(disclosures).to.have.length(4);
    expect(disclosures[0].values_destroyed_by).to.equal(north.purge);
    const history = await rosterferry(['history', '2'], { cwd: project.folder });
    expect(history.stdout).to.include('values destroyed by').and.not.to.include('Bob');
    await project.withTools(async (_, tools) => (await tools.ledger()).close());
    const rebuilt = await ask('rebuild');
    expect(rebuilt.answer).to.include({ runs: runs.length, records: 1 });
    expect((await ask('disclosures', '2')).answer.disclosures).to.deep.equal(disclosures);
  });
});
