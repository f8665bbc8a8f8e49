import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';

const STUDENTS = `version: 1
record: students
write: { file: "{school}.csv" }
identity: { id: ID, status: Status, birth_date: { column: DOB, format: M/d/yyyy }, school: School }
fields:
  id: ID
  last: Last
`;
const CONTACTS = '  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }\n';

describe('run/comparing/assemble-file', () => {
  let project: Project;
  afterEach(() => project.remove());

  it('keeps a record in the file of its last school, night after night without one', async () => {
    const mappings = { 'students.yaml': STUDENTS };
    project = await makeProject({ connection: CONNECTION.replace(CONTACTS, ''), mappings });
    const night = async (school: string, last: string) => {
      const row = (id: string, name: string, at: string) => `${id},${name},Ann,5/1/2015,F,A,${at},5\n`;
      const rows = row('1', 'Lee', '10') + row('2', 'Moss', school) + row('3', last, '10');
      for (const name of await project.names(project.outbound)) await rm(join(project.outbound, name));
      await project.drop({ 'students.csv': `ID,Last,First,DOB,Gender,Status,School,Grade\n${rows}` });
      const { report } = await project.carry();
      const files: Record<string, string> = {};
      for (const name of await project.names(project.outbound))
        files[name] = await project.read(`${project.outbound}/${name}`);
      expect(report.held).to.equal(undefined);
      return { files, totals: report.totals.students };
    };
    await night('20', 'North');
    for (const last of ['South', 'West']) {
      const { files, totals } = await night('', last);
      expect(files).to.deep.equal({
        '10.csv': `id,last\r\n1,Lee\r\n3,${last}\r\n`,
        '20.csv': 'id,last\r\n2,Moss\r\n',
      });
      expect(totals).to.include({ unchanged: 2, updated: 1, delivered: 3 });
    }
  });
});
