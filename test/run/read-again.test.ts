import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';

const ROLES = `version: 1
record: students
write: { file: roles.csv }
identity: { id: ID, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, school: School }
fields: { user: ID, school: School }
`;
const STUDENTS =
  'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n2,Diaz,Bob,6/2/2014,M,A,20,6\n';

describe('a file that is read by two mappings', () => {
  let project: Project;
  beforeEach(async () => {
    const contacts = '  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }\n';
    project = await makeProject({
      connection: CONNECTION.replace(contacts, '  roles: { same_as: students, mapping: roles.yaml }\n'),
      mappings: { 'roles.yaml': ROLES },
    });
  });
  afterEach(() => project.remove());

  it('becomes two files, each with its own books', async () => {
    await project.drop({ 'students.csv': STUDENTS });
    const { report } = await project.carry();
    expect(report.run.outcome).to.equal('delivered');
    expect(report.inputs.map(({ name, file }) => `${name} ${file}`)).to.deep.equal([
      'students students.csv',
      'roles students.csv',
    ]);
    expect(report.totals.roles).to.include({ read: 2, carried: 2, delivered: 2 });
    expect(await project.names(project.outbound)).to.deep.equal(['roles.csv', 'students_2026-11-22.csv']);
    expect(await project.read(`${project.outbound}/roles.csv`)).to.equal('user,school\r\n1,10\r\n2,20\r\n');
    expect(await project.names(project.inbound)).to.deep.equal([]);
  });

  it('is compared as two, and needs to be named once', async () => {
    await project.drop({ 'students.csv': STUDENTS, 'by-hand.csv': STUDENTS.replace('F,A,10', 'X,A,30') });
    await project.carry();
    const named = new Map([['students', `${project.inbound}/by-hand.csv`]]);
    const { report } = await project.carry({ named });
    expect(report.totals.roles).to.include({ transferred: 1, unchanged: 1 });
    expect(report.totals.students).to.include({ rejected: 1, carried_forward: 1 });
  });
});
