import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError, AppErrors } from '../../../src/errors/app-error.ts';
import type { Report } from '../../../src/report/schema.ts';
import { exportReview } from '../../../src/run/deciding/export-review.ts';
import { readReview } from '../../../src/run/deciding/read-review.ts';
import {
  type ImportAnswer,
  importReview,
  openQuestions,
  waitingOf,
} from '../../../src/run/deciding/review-run.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';
import { openTable, type SavedAs, saveTable } from '../../doubles/spreadsheet.ts';

const SAVED: SavedAs = { delimiter: ';', lineEnd: '\r\n', encoding: 'utf-8', mark: true, quotes: 'needed' };
const ALWAYS = 'safeguards: { max_rejected: 100%, max_updated: 100%, review: always }';

/** Three students; of the first two, the status. */
function drop(status: string): string {
  const rows = [`0012,Lee,Ann,5/1/2015,F,${status},10,5`, `0013,Poe,Bob,5/2/2015,M,${status},10,5`];
  return `ID,Last,First,DOB,Gender,Status,School,Grade\n${rows.join('\n')}\n0014,Ray,Cy,5/3/2015,M,A,10,5\n`;
}

describe('run/review-run', () => {
  let project: Project;
  let run: { report: Report; folder: string };

  beforeEach(async () => {
    const connection = CONNECTION.replace(
      'safeguards: { max_rejected: 100% }',
      'safeguards: { max_rejected: 100%, max_updated: 100% }',
    );
    project = await makeProject({ connection });
    await carry('A');
    await carry('I');
  });
  afterEach(() => project.remove());

  async function carry(status: string): Promise<void> {
    await project.drop({ 'students.csv': drop(status) });
    run = await project.carry();
  }

  async function hold(): Promise<void> {
    const path = join(project.folder, 'rosterferry.yaml');
    const yaml = await project.read(path);
    await writeFile(path, yaml.replace(/safeguards: .*/, ALWAYS));
    await carry('A');
    expect(run.report.run.outcome).to.equal('held');
  }

  const sheetPath = () => join(project.folder, 'review.csv');

  async function exportSheet(): Promise<string[][]> {
    await project.withTools(async (_, tools) => {
      const questions = await openQuestions(run.report, run.folder, tools);
      await exportReview(waitingOf(questions, run.report.run.outcome), sheetPath());
    });
    return openTable(await readFile(sheetPath()));
  }

  /** @param edits by student, then column */
  async function save(edits: Record<string, Record<string, string>>): Promise<void> {
    const [header = [], ...rows] = await exportSheet();
    const edited = rows.map((row) =>
      Object.entries(edits[row[header.indexOf('student_id')] ?? ''] ?? {}).reduce(
        (cells, [column, text]) => cells.with(header.indexOf(column), text),
        row,
      ),
    );
    await writeFile(sheetPath(), saveTable([header, ...edited], SAVED));
  }

  function take(reason = ''): Promise<ImportAnswer> {
    const request = { run: run.report.run.id, path: sheetPath(), by: 'rita', reason };
    return project.withTools((connection, tools) => importReview(connection, request, tools));
  }

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof AppErrors) return error.errors.map(({ code }) => code).join();
    return error instanceof AppError ? error.code : String(error);
  }

  it('drafts a held run again with what was decided, and approve sends exactly that', async () => {
    await hold();
    expect(run.report.totals.students?.held).to.equal(2);
    await save({ '0012': { decision: 'approve', reason: 'came back' }, '0013': { decision: 'leave_out' } });
    const answer = await take('spoke with the school');
    expect(answer.taken.map(({ id, choice }) => [id, choice])).to.deep.equal([
      ['0012', 'approve'],
      ['0013', 'leave_out'],
    ]);
    const { report } = answer;
    expect([answer.isDraftedAgain, report.run.outcome]).to.deep.equal([true, 'held']);
    expect(report.totals.students?.reactivated).to.equal(1);
    expect(report.decisions.map(({ decision, by, reason }) => [decision, by, reason])).to.deep.equal([
      ['approve', 'rita', 'came back'],
      ['leave_out', 'rita', 'spoke with the school'],
    ]);
    expect(report.decisions[0]).to.include({ file: 'students', student_id: '0012', after: 'approve' });
    const approved = await project.decide(report.run.id, { decision: 'approve', by: 'rita' });
    expect(approved.report.run.outcome).to.equal('delivered');
    expect(approved.report.decisions.map(({ decision }) => decision)).to.deep.equal([
      'approve',
      'leave_out',
      'approve',
    ]);
  });

  it('sends a corrected value, and says in the report what it was', async () => {
    await hold();
    await save({ '0012': { decision: 'approve', last_name: 'Leigh' } });
    const { report } = await take();
    const correction = report.decisions.find(({ decision }) => decision === 'corrected');
    expect(correction).to.include({ student_id: '0012', field: 'last_name', before: 'Lee', after: 'Leigh' });
    const sent = await project.read(join(run.folder, 'outbound/students_2026-11-22.csv'));
    expect(sent).to.include('0012,Leigh,Ann');
  });

  it('takes nothing from the untouched sheet, and nothing twice', async () => {
    await hold();
    await exportSheet();
    expect(await take()).to.include({ isDraftedAgain: false, openCount: 2 });
    await project.withTools(async (connection, tools) => {
      expect(await (await tools.ledger()).decisions(connection.name)).to.deep.equal([]);
    });
  });

  it('takes all of a sheet or nothing', async () => {
    await hold();
    await save({ '0012': { decision: 'approve' }, '0013': { decision: 'perhaps' } });
    expect(await codeOf(take())).to.equal('review_decision');
    await project.withTools(async (connection, tools) => {
      expect(await (await tools.ledger()).decisions(connection.name)).to.deep.equal([]);
    });
  });

  it('remembers what is decided about records of a delivered run for the next one', async () => {
    await carry('A');
    expect(run.report.run.outcome).to.equal('delivered');
    await save({ '0012': { decision: 'approve' } });
    const answer = await take();
    expect(answer).to.include({ isDraftedAgain: false, openCount: 1 });
    expect(answer.report.run.outcome).to.equal('delivered');
    await carry('A');
    expect(run.report.totals.students).to.include({ reactivated: 1, held: 1 });
  });

  it('drafts again what was remembered and never drafted, as after a crash in between', async () => {
    await hold();
    await save({ '0012': { decision: 'approve' } });
    await project.withTools(async (connection, tools) => {
      const ledger = await tools.ledger();
      const decision = {
        file: 'students',
        id: '0012',
        field: '',
        choice: 'approve',
        value: '',
        about: '',
      } as const;
      const at = run.report.run.started_at;
      await ledger.decide(connection.name, { ...decision, shown: [], by: 'rita', at, reason: '' });
    });
    const { taken, isDraftedAgain, report } = await take();
    expect([taken, isDraftedAgain]).to.deep.equal([[], true]);
    expect(report.decisions.map(({ decision }) => decision)).to.deep.equal(['approve']);
    expect((await take()).isDraftedAgain).to.equal(false);
  });

  it('refuses what waits for nobody', async () => {
    await hold();
    await exportSheet();
    await project.decide(run.report.run.id, { decision: 'cancel', by: 'rita', reason: 'wrong file' });
    expect(await codeOf(take())).to.equal('not_held');
    run = {
      ...run,
      report: { ...run.report, run: { ...run.report.run, id: '20200101T000000Z-north-000000' } },
    };
    expect(await codeOf(take())).to.equal('unknown_run');
  });

  it('shows of a delivered run only what waits, and nothing of one that was given up', async () => {
    await hold();
    await project.withTools(async (_, tools) => {
      const questions = await openQuestions(run.report, run.folder, tools);
      const kinds = (outcome: Report['run']['outcome']) =>
        waitingOf(questions, outcome).asked.map(({ item }) => item.kind);
      expect(kinds('held')).to.include.members(['safeguard', 'reactivated']);
      expect(kinds('delivered')).to.deep.equal(['reactivated', 'reactivated']);
      expect(kinds('cancelled')).to.deep.equal([]);
    });
  });

  it('reads the questions by lines, and names the one that is none', async () => {
    await hold();
    const path = join(run.folder, 'review.ndjson');
    const item = JSON.parse((await project.read(path)).split('\n')[1] ?? '');
    item.item.why = 'one\u2028line';
    await writeFile(path, `${JSON.stringify(item)}\n`);
    expect(await readReview(run.folder)).to.deep.equal([item]);
    await writeFile(path, `${JSON.stringify(item)}\n{"kind":"item"\n`);
    const error = await readReview(run.folder).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'memory_unreadable' });
    expect((error as AppError).place?.line).to.equal(2);
    expect(await readReview(join(project.folder, 'inbound'))).to.deep.equal([]);
    expect(await codeOf(readReview(path))).to.equal('local_io');
  });
});
