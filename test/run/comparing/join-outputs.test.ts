import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';

const USERS = `version: 1
record: students
write: { file: users.csv }
identity: { id: ID, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, school: School }
fields:
  sourcedId: ID
  role: { apply: [ { value: student } ] }
`;
const STAFF = `version: 1
record: staff
write: { file: users.csv }
identity: { id: Staff }
fields:
  sourcedId: Staff
  role: { apply: [ { value: teacher } ] }
`;
const STUDENTS = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';

describe('run/comparing/join-outputs', () => {
  let project: Project;
  afterEach(() => project.remove());

  async function start(more = '', users = USERS, staff = STAFF) {
    const contacts = '  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }\n';
    const joined = '  staff: { match: "staff*.csv", mapping: staff.yaml, into: students }\n';
    project = await makeProject({
      connection: CONNECTION.replace(contacts, joined) + more,
      mappings: { 'students.yaml': users, 'staff.yaml': staff },
    });
  }

  it('puts the records of two files into one, each with its own books', async () => {
    await start();
    await project.drop({ 'students.csv': STUDENTS, 'staff.csv': 'Staff\n900\n901\n' });
    const { report } = await project.carry();
    expect(await project.names(project.outbound)).to.deep.equal(['users.csv']);
    const text = await project.read(`${project.outbound}/users.csv`);
    expect(text).to.equal('sourcedId,role\r\n1,student\r\n900,teacher\r\n901,teacher\r\n');
    expect(report.outputs.map(({ name, file, rows, bytes }) => [name, file, rows, bytes])).to.deep.equal([
      ['students', 'users.csv', 1, text.length],
      ['staff', 'users.csv', 2, text.length],
    ]);
    expect(report.totals.staff).to.include({ created: 2, delivered: 2 });
    expect(report.balanced).to.equal(true);
  });

  it('writes the header also where the first of them has no record', async () => {
    await start();
    await project.drop({
      'students.csv': STUDENTS.replace(',A,', ',I,').replace('2015', '1980'),
      'staff.csv': 'Staff\n900\n',
    });
    await project.carry();
    expect(await project.read(`${project.outbound}/users.csv`)).to.equal('sourcedId,role\r\n900,teacher\r\n');
  });

  it('does so for each school', async () => {
    const bySchool = (mapping: string) => mapping.replace('users.csv', '"{school}.csv"');
    await start('', bySchool(USERS), bySchool(STAFF).replace('id: Staff }', 'id: Staff, school: School }'));
    await project.drop({ 'students.csv': STUDENTS, 'staff.csv': 'Staff,School\n900,10\n901,20\n' });
    await project.carry();
    expect(await project.read(`${project.outbound}/10.csv`)).to.include('1,student\r\n900,teacher');
    expect(await project.read(`${project.outbound}/20.csv`)).to.equal('sourcedId,role\r\n901,teacher\r\n');
  });

  it('is one member of a zip', async () => {
    await start('package: { zip: all.zip, manifest: oneroster-1.1 }\n');
    await project.drop({ 'students.csv': STUDENTS, 'staff.csv': 'Staff\n900\n' });
    const { report } = await project.carry();
    expect(report.shipment?.[0]?.holds).to.deep.equal(['users.csv']);
  });
});
