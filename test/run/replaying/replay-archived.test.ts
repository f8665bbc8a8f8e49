import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findRun } from '../../../src/archive/list-runs.ts';
import { lockConnection } from '../../../src/ledger/connection-lock.ts';
import { exportReview } from '../../../src/run/deciding/export-review.ts';
import { importReview, openQuestions, waitingOf } from '../../../src/run/deciding/review-run.ts';
import { faultOf } from '../../doubles/fault-of.ts';
import { openTable, type SavedAs, saveTable } from '../../doubles/spreadsheet.ts';
import { makeReplayProject, NIGHTS, type Night, type ReplayProject } from '../replay-nights.ts';

const SAVED: SavedAs = { delimiter: ',', lineEnd: '\r\n', encoding: 'utf-8', mark: true, quotes: 'needed' };

const night = (status: string): Night => ({
  students: [`0001,Lee,Ann,5/1/2015,F,${status},10,5`, `0002,Poe,Bob,5/2/2015,M,${status},10,5`],
  contacts: ['0001,Jo Lee', '0002,Max Poe'],
});

let project: ReplayProject;

/** Decides in the sheet of the last run: by student, then column. */
async function decideRecords(edits: Record<string, Record<string, string>>): Promise<void> {
  const run = project.idOf(-1);
  const path = join(project.folder, `review-${run}.csv`);
  const archive = join(project.folder, 'archive');
  const { path: folder = '' } = (await findRun(archive, run)) ?? {};
  const report = JSON.parse(await project.read(join(folder, 'report.json')));
  await project.withTools(async (connection, tools) => {
    const questions = await openQuestions(report, folder, tools);
    await exportReview(waitingOf(questions, report.run.outcome), path);
    const [header = [], ...rows] = openTable(Buffer.from(await project.read(path)));
    const filled = rows.map((row) =>
      Object.entries(edits[row[header.indexOf('student_id')] ?? ''] ?? {}).reduce(
        (cells, [column, text]) => cells.with(header.indexOf(column), text),
        row,
      ),
    );
    await project.write(`review-${run}.csv`, saveTable([header, ...filled], SAVED).toString());
    await importReview(connection, { run, path, by: 'rita', reason: '' }, tools);
  });
}

describe('run/replay-archived', () => {
  beforeEach(async () => {
    project = await makeReplayProject();
  });
  afterEach(() => project.remove());

  async function hold(status = 'A'): Promise<void> {
    await project.edit('rosterferry.yaml', 'safeguards: {', 'safeguards: { review: always,');
    await project.carryOne(night(status));
  }

  describe('of a run that is held', () => {
    it('is the same, with what was decided before it was drafted and nothing that was decided later', async () => {
      await project.carryOne(night('A'));
      await project.carryOne(night('I'));
      await hold();
      const run = project.idOf(-1);
      const waiting = await project.replay(run);
      expect([waiting.was.run.outcome, waiting.isIdentical]).to.deep.equal(['held', true]);
      expect(waiting.now.totals.students?.held).to.equal(2);
      await decideRecords({
        '0001': { decision: 'approve', last_name: 'Leigh' },
        '0002': { decision: 'leave_out' },
      });
      const drafted = await project.replay(run);
      expect(drafted.was.totals.students).to.include({ held: 0, reactivated: 1, ineligible: 1 });
      expect([drafted.isIdentical, drafted.held.now]).to.deep.equal([true, drafted.held.was]);
      const approved = await project.decide(run, { decision: 'approve', by: 'rita' });
      expect(approved.report.run.outcome).to.equal('delivered');
      const sent = await project.replay(run);
      expect(sent.isIdentical).to.equal(true);
      expect(sent.now.outputs[0]?.sha256).to.equal(approved.report.outputs[0]?.sha256);
    });

    it('cannot be decided meanwhile', async () => {
      await hold();
      using _lock = lockConnection(join(project.folder, 'archive'), 'north');
      expect((await faultOf(project.replay(project.idOf(-1)))).code).to.equal('already_running');
    });

    it('is refused where a draft is another one', async () => {
      await hold();
      const draft = join(project.folder, 'archive/.open', project.idOf(-1), 'outbound/contacts.csv');
      await appendFile(draft, 'x');
      const fault = await faultOf(project.replay(project.idOf(-1)));
      expect([fault.code, fault.message.includes(draft)]).to.deep.equal(['archive_altered', true]);
    });
  });

  it('knows decisions about records of a run that had gone out only from the next run on', async () => {
    await project.carryOne(night('A'));
    await project.carryOne(night('I'));
    await project.carryOne(night('A'));
    await decideRecords({ '0001': { decision: 'approve' } });
    await project.carryOne(night('A'));
    expect(project.reports.map(({ totals }) => totals.students?.reactivated)).to.deep.equal([0, 0, 0, 1]);
    for (const { run } of project.reports) expect((await project.replay(run.id)).isIdentical).to.equal(true);
  });

  it('is told from its totals and rows where it was cancelled, because no draft was kept', async () => {
    await project.carryOne(night('A'));
    await hold('I');
    await project.decide(project.idOf(-1), { decision: 'cancel', by: 'rita', reason: 'wrong file' });
    const same = await project.replay(project.idOf(-1));
    expect([same.was.run.outcome, same.isIdentical]).to.deep.equal(['cancelled', true]);
    expect(same.files.map(({ bytes, rows }) => [bytes, rows])).to.deep.equal([
      ['not_kept', { was: 0, now: 2 }],
      ['not_kept', { was: 0, now: 2 }],
    ]);
    await project.edit('rosterferry.yaml', 'inactive: [I, G]', 'inactive: [G]');
    const other = await project.replay(project.idOf(-1));
    expect(other.isIdentical).to.equal(false);
    expect(other.files[0]?.verdicts?.[0]).to.include({ was: 'carried', codeNow: 'unknown_status', rows: 2 });
  });

  it('may have failed, and is the same where it fails again', async () => {
    await project.edit('students.yaml', 'first_name: First', 'first_name: Given');
    await project.carryOne(NIGHTS[0] ?? night('A'));
    const run = project.idOf(-1);
    const again = await project.replay(run);
    expect(again.was.error?.code).to.equal('missing_column');
    expect([again.now.error?.code, again.isIdentical, again.files.length]).to.deep.equal([
      'missing_column',
      true,
      0,
    ]);
    await project.edit('students.yaml', 'first_name: Given', 'first_name: First');
    const mended = await project.replay(run);
    expect([mended.now.error, mended.isIdentical]).to.deep.equal([undefined, false]);
    expect(mended.files[0]).to.deep.equal({ name: 'students', bytes: 'not_kept', rows: { was: 0, now: 3 } });
    expect(await project.names(mended.folder)).to.include('outbound');
  });

  it('leaves nothing of a replay that was stopped', async () => {
    await project.carryNights(NIGHTS.slice(0, 2));
    const signal = AbortSignal.abort(new Error('stopped'));
    const stopped = await project
      .replay(project.idOf(1), [], { signal })
      .catch((thrown: Error) => thrown.message);
    expect(stopped).to.equal('stopped');
    const archive = join(project.folder, 'archive');
    expect(await project.names(join(archive, '.dry'))).to.deep.equal([]);
    expect((await project.names(archive)).filter((name) => name.startsWith('.replay'))).to.deep.equal([]);
  });

  it('is refused where its drop is gone, with what to do', async () => {
    await project.carryNights(NIGHTS.slice(0, 1));
    const inbound = join(project.folder, 'archive/north/2026/11', project.idOf(0), 'inbound');
    await rm(inbound, { recursive: true });
    const fault = await faultOf(project.replay(project.idOf(0)));
    expect(fault.code).to.equal('input_missing');
    expect(fault.message).to.equal(
      `The run ${project.idOf(0)} cannot be replayed: its drop lacks ${join(inbound, 'contacts.csv')}`,
    );
    expect(fault.hint).to.contain('backup');
  });

  it('is refused where it is altered, and is not where somebody left a note in it', async () => {
    await project.carryNights(NIGHTS.slice(0, 1));
    const folder = join(project.folder, 'archive/north/2026/11', project.idOf(0));
    await appendFile(join(folder, 'note.txt'), 'seen');
    expect((await project.replay(project.idOf(0))).isIdentical).to.equal(true);
    await appendFile(join(folder, 'inbound/students.csv'), '0009,New,Row,5/1/2015,F,A,10,5\n');
    const fault = await faultOf(project.replay(project.idOf(0)));
    expect([fault.code, fault.message.includes('inbound/students.csv')]).to.deep.equal([
      'archive_altered',
      true,
    ]);
  });

  it('is refused where it was about some students, is no run of the archive, or a dry run', async () => {
    await project.carryNights(NIGHTS.slice(0, 1));
    const lane = { kind: 'only' as const, students: ['0001'], regardless: false };
    await project.carryOne(night('A'), { lane });
    const only = await faultOf(project.replay(project.idOf(-1)));
    expect(only.code).to.equal('usage');
    expect(only.hint).to.contain('rosterferry run north --dry-run --only ID,...');
    expect((await faultOf(project.replay('../../etc'))).code).to.equal('unknown_run');
    const { now } = await project.replay(project.idOf(0));
    expect((await faultOf(project.replay(now.run.id))).message).to.contain('was a dry run');
  });
});
