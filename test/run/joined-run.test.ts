import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const MAPPING = `${STUDENTS_MAPPING}  guardian: { from: contacts, column: Name }
  guardian2: { from: contacts, nth: 2, column: Name, default: none }
`;
const STUDENTS =
  'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n2,Diaz,Bob,6/2/2014,M,A,10,6\n';

describe('fields from another file of the drop', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({ mappings: { 'students.yaml': MAPPING } });
  });
  afterEach(() => project.remove());

  async function night(contacts: string | undefined) {
    await project.drop({ 'students.csv': STUDENTS, ...(contacts && { 'contacts.csv': contacts }) });
    const { report, folder } = await project.carry();
    const text = await project.read(join(folder, 'outbound/students_2026-11-22.csv'));
    const ends = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').slice(-2).join(','));
    return { report, ends };
  }

  it('are those of the rows of the same student, in their order', async () => {
    const { report, ends } = await night('ID,Name\n2,Dad\n1,Mum\n2,Gran\n9,Who\n1,\n');
    expect(report.balanced).to.equal(true);
    expect(ends).to.deep.equal(['Mum,none', 'Dad,Gran']);
  });

  it('change the record when the other file does, and stand where a blank comes in', async () => {
    await night('ID,Name\n1,Mum\n2,Dad\n');
    const { report, ends } = await night('ID,Name\n1,Mother\n');
    expect(report.totals.students).to.include({ updated: 1, unchanged: 1 });
    expect(ends).to.deep.equal(['Mother,none', 'Dad,none']);
  });

  it('are blank where the drop lacks a file that it need not have', async () => {
    const { ends } = await night(undefined);
    expect(ends).to.deep.equal([',none', ',none']);
  });

  it('fail the run where the other file lacks the column', async () => {
    await project.drop({ 'students.csv': STUDENTS, 'contacts.csv': 'ID,Full\n1,Mum\n' });
    const { report } = await project.carry();
    expect(report.run.outcome).to.equal('failed');
    expect(report.error).to.include({ code: 'missing_column' });
    expect(report.error?.message).to.include('"Name"');
  });
});
