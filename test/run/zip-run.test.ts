import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { buildZip } from '../builders/zip.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,School,Grade,Status\n004711,Cruz,Maria,3/9/2015,F,410,6,A\n';
const CONTACTS = 'ID,Name\n004711,Rosa Cruz\n';

describe('a run of a zip', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({});
  });
  afterEach(() => project.remove());

  it('carries its members and clears the zip', async () => {
    await project.drop({
      'riverside.zip': buildZip([
        { name: 'out/students.csv', data: STUDENTS },
        { name: 'out/contacts.csv', data: CONTACTS },
        { name: 'out/read-me.txt', data: CONTACTS },
      ]),
    });
    const { report, folder } = await project.carry();
    expect(report.run.outcome).to.equal('delivered');
    expect(report.inputs.map(({ name, file }) => [name, file])).to.deep.equal([
      ['students', 'students.csv'],
      ['contacts', 'contacts.csv'],
    ]);
    expect(report.notices?.map(({ code, message }) => `${code} ${message}`).join()).to.match(
      /^members_not_taken .*read-me\.txt$/,
    );
    expect(await project.names(join(folder, 'inbound'))).to.deep.equal([
      'contacts.csv',
      'riverside.zip',
      'students.csv',
    ]);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    expect(await readFile(join(folder, 'SHA256SUMS'), 'utf8')).to.include('inbound/riverside.zip');
  });

  it('fails and seals a zip that is damaged', async () => {
    await project.drop({ 'riverside.zip': buildZip([{ name: 'students.csv', data: STUDENTS, crc: 1 }]) });
    const { report, folder } = await project.carry();
    expect([report.run.outcome, report.error?.code]).to.deep.equal(['failed', 'zip_unreadable']);
    expect(report.totals).to.deep.equal({});
    expect(await project.names(join(folder, 'inbound'))).to.deep.equal(['riverside.zip']);
  });

  it('takes a zip that a person named', async () => {
    const path = join(project.folder, 'mine.zip');
    await (await import('node:fs/promises')).writeFile(path, buildZip([{ name: 'x.txt', data: STUDENTS }]));
    const { report } = await project.carry({ named: new Map([['students', path]]) });
    expect(report.run.outcome).to.equal('delivered');
  });
});
