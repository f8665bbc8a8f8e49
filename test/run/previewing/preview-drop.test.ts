import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../../src/ledger/connection-lock.ts';
import { readTable } from '../../../src/parse/read-table.ts';
import { type Preview, type PreviewRequest, previewDrop } from '../../../src/run/previewing/preview-drop.ts';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../../builders/project.ts';
import { faultOf } from '../../doubles/fault-of.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const STUDENTS = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5
2,Old,Gus,1/1/1990,M,G,10,12
3,Twin,Bea,5/1/2015,F,A,10,5
3,Twin,Bee,5/1/2015,F,A,10,5
4,Copy,Cal,5/1/2015,M,A,10,5
4,Copy,Cal,5/1/2015,M,A,10,5
5,Bad,Dee,5/1/2015,Q,A,10,5
6,Short
7,Fay,Fay,5/1/2015,F,A,10,5
`;
const CONTACTS = 'ID,Name\n1,Mum\n1,Mum\n2,Dad\n3,Pa\n5,Ma\n99,Nobody\n7,Gran\n';

let project: Project;

function preview(request: Partial<PreviewRequest> = {}): Promise<Preview> {
  return project.withTools((connection, tools) =>
    previewDrop({ connection, students: [], sample: 100, ...request }, tools),
  );
}

const tellRows = ({ rows }: Preview) =>
  rows.map(({ file, row, id, verdict, code }) => `${file} ${row} ${id} ${verdict} ${code ?? ''}`.trim());

describe('previewDrop', () => {
  beforeEach(async () => {
    project = await makeProject();
  });
  afterEach(() => project.remove());

  it('settles repeats, orphans and the rows of students who are not carried', async () => {
    await project.drop({ 'students.csv': STUDENTS, 'contacts.csv': CONTACTS });
    expect(tellRows(await preview())).to.deep.equal([
      'students 1 1 carried',
      'students 2 2 ineligible age',
      'students 3 3 rejected conflicting_duplicate',
      'students 4 3 rejected conflicting_duplicate',
      'students 5 4 carried',
      'students 6 4 duplicate duplicate',
      'students 7 5 rejected unknown_code',
      'students 8 6 rejected field_count',
      'students 9 7 carried',
      'contacts 1 1 carried',
      'contacts 2 1 duplicate duplicate',
      'contacts 3 2 ineligible student_not_carried',
      'contacts 4 3 ineligible student_not_carried',
      'contacts 5 5 ineligible student_not_carried',
      'contacts 7 7 carried',
    ]);
    expect(tellRows(await preview({ students: ['99', '6', '3'] }))).to.deep.equal([
      'students 3 3 rejected conflicting_duplicate',
      'students 4 3 rejected conflicting_duplicate',
      'students 8 6 rejected field_count',
      'contacts 4 3 ineligible student_not_carried',
      'contacts 6 99 rejected orphan',
    ]);
    expect(tellRows(await preview({ sample: 2 }))).to.deep.equal([
      'students 1 1 carried',
      'students 2 2 ineligible age',
      'contacts 1 1 carried',
      'contacts 2 1 duplicate duplicate',
      'contacts 3 2 ineligible student_not_carried',
    ]);
  });

  it('answers of every row what a run then does', async () => {
    await project.drop({ 'students.csv': STUDENTS, 'contacts.csv': CONTACTS });
    const shown = await preview({ students: ['1', '2', '3', '4', '5', '6', '7', '99'] });
    const { folder } = await project.carry();
    const { rows } = await readTable(join(folder, 'exceptions.csv'));
    const told = shown.rows
      .filter(({ verdict }) => verdict !== 'carried')
      .map(({ file, row, id, code, why }) => ({ file: `${file}.csv`, row: `${row}`, id, code, why }));
    expect(told).to.have.deep.members(
      rows.map(({ file, row, student_id, field, code, message }) => ({
        file,
        row,
        id: student_id,
        code,
        why: field === '' ? message : `${field}: ${message}`,
      })),
    );
  });

  it('leaves nothing behind, at the source, in the archive, or in the memory', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    await preview();
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    expect(await project.names(project.outbound)).to.deep.equal([]);
    for (const folder of ['.open', '.dry', 'north'])
      expect(await project.names(join(project.folder, 'archive', folder))).to.deep.equal([]);
    const { report } = await project.carry();
    expect(report.first_run).to.equal(true);
  });

  describe('against the last delivery', () => {
    const NIGHT =
      'safeguards: { max_rejected: 100%, max_updated: 100%, max_created: 100%, max_removed: 100% }';
    const mapping = STUDENTS_MAPPING.replace(
      'first_name: First',
      'first_name: { type: direct, column: First, overwrite: false }',
    );
    const row = (id: number, first: string, status = 'A', grade = 5) =>
      `${id},Lee,${first},5/1/2015,F,${status},10,${grade}\n`;
    beforeEach(async () => {
      await project.remove();
      const connection = CONNECTION.replace('safeguards: { max_rejected: 100% }', NIGHT);
      project = await makeProject({ connection, mappings: { 'students.yaml': mapping } });
      await project.drop({
        'students.csv': `${HEADER}${row(1, 'Ann')}${row(2, 'Bea')}${row(3, 'Cy', 'I')}${row(4, 'Di')}`,
      });
      await project.carry();
      await project.drop({
        'students.csv': `${HEADER}${row(1, 'Anna')}${row(2, '')}${row(3, 'Cy')}${row(5, 'Eve')}`,
      });
    });

    it('says what each student is, and what goes out where the drop has a blank', async () => {
      const { rows } = await preview();
      expect(rows.map(({ id, verdict, change }) => [id, verdict, change])).to.deep.equal([
        ['1', 'carried', 'updated'],
        ['2', 'carried', 'unchanged'],
        ['3', 'held', undefined],
        ['5', 'carried', 'created'],
      ]);
      expect(rows[2]?.why).to.match(/active again/);
      const first = rows.map(({ fields }) => fields.find(({ target }) => target === 'first_name'));
      expect(first.map((field) => [field?.mapped, field?.sent])).to.deep.equal([
        ['Anna', undefined],
        ['', 'Bea'],
        ['Cy', undefined],
        ['Eve', undefined],
      ]);
    });
  });

  it('says that the run as a whole would be held, or fail', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    expect((await preview()).run).to.deep.equal({ outcome: 'released', reasons: [] });
    const yaml = join(project.folder, 'rosterferry.yaml');
    const text = await project.read(yaml);
    await writeFile(yaml, text.replace('max_rejected: 100%', 'max_rejected: 1%'));
    const held = await preview();
    expect(held.run.outcome).to.equal('held');
    expect(held.run.reasons.join()).to.match(/max_rejected/);
    expect(held.rows).to.have.length(9);
    await writeFile(yaml, text.replace('max_rejected: 100%', 'max_rejected: 1%, on_breach: fail'));
    const failed = await preview();
    expect(failed.run.outcome).to.equal('failed');
    expect(failed.run.reasons.join()).to.match(/max_rejected/);
    expect(tellRows(failed)).to.deep.equal(tellRows(held));
    expect(await project.names(join(project.folder, 'archive/.dry'))).to.deep.equal([]);
  });

  it('throws what is wrong with a file, at its place, and leaves nothing behind', async () => {
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    const fault = await faultOf(preview());
    expect(fault.code).to.equal('missing_column');
    expect(fault.place).to.deep.equal({ file: 'students.csv', line: 1, column: 1 });
    expect(await project.names(join(project.folder, 'archive/.dry'))).to.deep.equal([]);
  });

  it('waits a while for a run that has the connection', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    const lock = lockConnection(join(project.folder, 'archive'), 'north');
    setTimeout(() => lock.release(), 100);
    expect((await preview()).rows).to.have.length(9);
    using _held = lockConnection(join(project.folder, 'archive'), 'north');
    expect((await faultOf(preview())).code).to.equal('already_running');
  });
});
