import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/report/schema.ts';
import type { DecisionChoice } from '../../src/vocabulary/memory.ts';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Before\n';
const LIMITLESS = 'max_rejected: 100%, max_created: 100%, max_updated: 100%, max_removed: 100%';

/** A student who is only told from another by the number. */
function student(
  id: number,
  change: Partial<Record<'id' | 'last' | 'school' | 'status' | 'before', string>> = {},
): string {
  const { id: own = String(id), last = `Last${id}`, school = '10', status = 'A', before = '' } = change;
  const birth = `${(id % 12) + 1}/${(id % 28) + 1}/2015`;
  return `${[own, last, `First${id}`, birth, 'F', status, school, '5', before].join(',')}\n`;
}

function students(count: number, change?: (id: number) => Parameters<typeof student>[1]): string {
  return HEADER + Array.from({ length: count }, (_, at) => student(at + 1, change?.(at + 1))).join('');
}

describe('what a run remembers', () => {
  let project: Project;
  afterEach(() => project.remove());

  async function begin(options: { connection?: string; students?: string } = {}): Promise<void> {
    const connection = (options.connection ?? CONNECTION).replace('max_rejected: 100%', LIMITLESS);
    project = await makeProject({
      connection,
      ...(options.students && { mappings: { 'students.yaml': options.students } }),
    });
  }

  async function night(text: string, request = {}): Promise<Report> {
    await project.drop({ 'students.csv': text });
    return (await project.carry(request)).report;
  }

  async function outboundOf(report: Report): Promise<string[]> {
    const text = await project.read(join(project.outbound, report.outputs[0]?.file ?? ''));
    return text.trimEnd().split('\r\n').slice(1);
  }

  async function decide(id: string, choice: DecisionChoice): Promise<void> {
    await project.withTools(async (connection, tools) => {
      const about = { file: 'students', field: '', value: '', about: '', shown: [], reason: '' };
      const ledger = await tools.ledger();
      await ledger.decide(connection.name, {
        ...about,
        id,
        choice,
        by: 'rita',
        at: '2026-11-22T04:00:00-06:00',
      });
    });
  }

  it('carries nothing while a pause stops everything, and the drop stays', async () => {
    await begin({
      connection: `${CONNECTION}pause: [{ from: "11-20", to: "11-25", reason: audit, mode: stop }]\n`,
    });
    await project.drop({ 'students.csv': students(2) });
    const answer = await project.run();
    expect(answer.kind).to.equal('paused');
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    expect((await project.carry({ businessDate: '2026-11-26' })).report.totals.students).to.include({
      delivered: 2,
    });
  });

  it('lets only new students out while a pause asks for that; everybody else stands as delivered', async () => {
    await begin({
      connection: `${CONNECTION}pause: [{ from: "11-23", to: "11-25", mode: additions_only }]\n`,
    });
    const first = await night(students(3));
    const text = students(4, (id) => (id === 1 ? { last: 'Changed' } : {})).replace(student(2), '');
    const paused = await night(text, { businessDate: '2026-11-24' });
    expect(paused.totals.students).to.include({
      created: 1,
      unchanged: 2,
      updated: 0,
      removed: 0,
      carried_forward: 1,
    });
    expect(await outboundOf(paused))
      .to.include.members(await outboundOf(first))
      .and.to.have.length(4);
    const after = await night(text, { businessDate: '2026-11-26' });
    expect(after.totals.students).to.include({ updated: 1, removed: 1, unchanged: 2 });
  });

  it('skips a drop that is byte for byte the last one, where that is asked, and seals why', async () => {
    await begin({ connection: `${CONNECTION}reconcile: { on_identical: skip }\n` });
    await night(students(3));
    const again = await night(students(3));
    expect(again.run.outcome).to.equal('nothing_to_deliver');
    expect(again.notices?.map(({ code }) => code)).to.deep.equal(['identical_drop']);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    const other = await night(students(3, (id) => (id === 2 ? { last: 'Other' } : {})));
    expect(other.totals.students).to.include({ updated: 1, unchanged: 2 });
  });

  it('gives an applicant the same temporary id for ever, and none in a dry run', async () => {
    const mapping = `${STUDENTS_MAPPING}  applicant: { type: transformation, column: ID, apply: [ { temporary_id: { prefix: T } } ] }\n`;
    await begin({ students: mapping });
    await project.drop({ 'students.csv': students(2) });
    const dry = await project.carry({ dryRun: true });
    expect(dry.report.run.outcome).to.equal('dry_run');
    const first = await outboundOf(await night(students(2)));
    const ids = first.map((line) => line.split(',').at(-1));
    expect(new Set(ids).size).to.equal(2);
    for (const id of ids) expect(id).to.match(/^T\d+$/);
    const second = await night(HEADER + student(3) + student(2) + student(1));
    expect(second.totals.students).to.include({ unchanged: 2, created: 1 });
    expect((await outboundOf(second)).slice(1).reverse()).to.deep.equal(first);
  });

  it('goes on with a student under a new id, where the drop names the one before', async () => {
    await begin({ students: STUDENTS_MAPPING.replace('grade: Grade', 'grade: Grade, previous_id: Before') });
    await night(students(3));
    const text = students(3, (id) => (id === 2 ? { id: 'P-2', before: '2' } : {}));
    const linked = await night(text);
    expect(linked.totals.students).to.include({ created: 0, removed: 0, updated: 1, unchanged: 2 });
    const after = await night(text);
    expect(after.totals.students).to.include({ unchanged: 3, removed: 0 });
    await project.withTools(async (_connection, tools) => {
      const history = await (await tools.ledger()).history('P-2');
      expect(history.map(({ change, id }) => [change, id])).to.deep.include(['created', '2']);
    });
  });

  it('neither sends nor removes whom a person decided to leave out, and asks each night', async () => {
    await begin();
    await night(students(3));
    await decide('2', 'leave_out');
    const left = await night(students(3, (id) => (id === 2 ? { last: 'Other' } : {})));
    expect(left.totals.students).to.include({ ineligible: 1, unchanged: 2, removed: 0, carried_forward: 1 });
    expect(left.waiting).to.deep.equal({ students: { left_out: 1 } });
    expect((await outboundOf(left)).some((line) => line.includes('Last2'))).to.equal(true);
    await decide('2', 'approve');
    const back = await night(students(3, (id) => (id === 2 ? { last: 'Other' } : {})));
    expect(back.totals.students).to.include({ updated: 1, unchanged: 2, ineligible: 0 });
  });

  it('names the field whose value two rows share', async () => {
    await begin({ students: STUDENTS_MAPPING.replace('last_name: { ', 'last_name: { unique: true, ') });
    await project.drop({ 'students.csv': students(3, (id) => (id > 1 ? { last: 'Same' } : {})) });
    const { report, folder } = await project.carry();
    expect(report.rejected.students).to.deep.equal({ not_unique: 2 });
    const lines = (await project.read(join(folder, 'exceptions.csv')))
      .split('\n')
      .filter((line) => /not_unique/.test(line));
    for (const line of lines) expect(line).to.include(',last_name,not_unique,');
    expect(lines).to.have.length(2);
  });

  it('names a school that was taken off the selection, and whom that would remove', async () => {
    await begin();
    await night(students(24, (id) => ({ school: id > 12 ? '20' : '10' })));
    const yaml = join(project.folder, 'rosterferry.yaml');
    const text = (await project.read(yaml)).replace(
      'eligibility:',
      'eligibility:\n      categories: { all: { column: ID, empty: false } }\n      schools: { default: [all], "20": [] }',
    );
    await writeFile(yaml, text);
    const held = await night(students(24, (id) => ({ school: id > 12 ? '20' : '10' })));
    expect(held.run.outcome).to.equal('held');
    expect(held.held?.reasons.join(' ')).to.match(/School 20 is no longer selected.*12 students/);
    const review = await project.read(join(project.folder, 'archive/.open', held.run.id, 'review.ndjson'));
    expect(review).to.include('Last13').and.to.include('Last24').and.not.to.include('Last12"');
    expect((await project.names(project.outbound)).length).to.equal(1);
  });

  it('holds a drop whose ids are of another kind, and says so instead of a mass removal', async () => {
    await begin();
    await night(students(30));
    const held = await night(students(30, (id) => ({ id: `S${1000 + id}` })));
    expect(held.run.outcome).to.equal('held');
    expect(held.held?.reasons).to.have.length(1);
    expect(held.held?.reasons[0]).to.match(/another kind of student id/);
  });

  it('holds a drop in which a spreadsheet ate leading zeros, be it of one student', async () => {
    await begin();
    await night(students(30, (id) => ({ id: String(id).padStart(6, '0') })));
    const held = await night(students(30, (id) => ({ id: id === 7 ? '7' : String(id).padStart(6, '0') })));
    expect(held.run.outcome).to.equal('held');
    expect(held.held?.reasons[0]).to.match(/leading zeros.*6 digits.*spreadsheet/);
  });
});
