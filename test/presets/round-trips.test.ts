/** What presets write, read again by the rules of whoever imports it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { membersOf } from '../builders/read-zip.ts';
import { APPLE, type ReadFile, RFC_4180, readAsImporter, XELLO } from './read-as-importer.ts';
import { runPreset } from './run-preset.ts';

const STUDENTS =
  'Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status,EntryDate\n' +
  '00417,O’Brien,"Ana ""Annie"", the 2nd",3/9/2015,F,6,0410,0,8/18/2026\n' +
  '00418,Null,Will \\ Bill,12/31/2014,M,K,0410,0,8/18/2026\n';
const FILES = {
  'students.csv': STUDENTS,
  'staff.csv': 'TeacherNumber,Last_Name,First_Name,Email_Addr,SchoolID\nT1,Diaz,Ana,ana@example.org,0410\n',
  'schools.csv': 'School_Number,School_Name\n0410,"Mesa ""Old"" Middle, North"\n',
  'courses.csv': 'Course_Number,Course_Name,SchoolID\nMATH6,Math 6,0410\n',
  'sections.csv':
    'Section_ID,Course_Number,Course_Name,SchoolID,TermID,TeacherNumber\nS-101,MATH6,Math 6,0410,3600,T1\n',
  'enrollments.csv':
    'Section_ID,Student_Number,SchoolID,DateEnrolled,DateLeft\nS-101,00417,0410,8/18/2026,12/18/2026\nS-101,00418,0410,8/18/2026,\n',
  'terms.csv': 'TermID,Term_Name,FirstDay,LastDay\n3600,2026-2027,8/18/2026,5/29/2027\n',
};
const NAMES = ['Ana "Annie", the 2nd', 'Will \\ Bill'];

/** A connection that writes the given presets, each of the file of its name; as one zip. */
function projectOf(presets: Record<string, string>, more: string): Promise<Project> {
  const files = Object.keys(presets).map(
    (name) => `  ${name}: { match: "${name}*.csv", mapping: ${name}.yaml }`,
  );
  return makeProject({
    connection: `
source: { type: local, path: inbound, ready: { quiet: 1ms } }
files:
${files.join('\n')}
eligibility: { policy: everyone }
safeguards: { max_rejected: 100%, max_removed: 100%, max_updated: 100%, max_created: 100%, max_size_change: 100% }
destination: { type: local, path: outbound }
${more}`,
    mappings: Object.fromEntries(
      Object.entries(presets).map(([name, preset]) => [`${name}.yaml`, `version: 1\npreset: ${preset}\n`]),
    ),
  });
}

async function zipOf(project: Project, name: string): Promise<Record<string, string>> {
  return membersOf(await readFile(join(project.outbound, name)));
}

function column({ header, rows }: ReadFile, name: string): string[] {
  const at = header.indexOf(name);
  expect(at, `${name} is in the header`).to.be.at.least(0);
  return rows.map((row) => row[at] ?? '');
}

const ONEROSTER = {
  students: 'users',
  schools: 'orgs',
  courses: 'courses',
  sections: 'classes',
  enrollments: 'enrollments',
  terms: 'academic_sessions',
};

for (const version of ['1.1', '1.2'])
  describe(`OneRoster ${version}, read as the standard says`, () => {
    const presets = (ending: string) =>
      Object.fromEntries(
        Object.entries(ONEROSTER).map(([name, record]) => [name, `oneroster-${version}/${record}${ending}`]),
      );
    const packed = `package: { zip: oneroster.zip, manifest: oneroster-${version} }`;
    let project: Project | undefined;
    afterEach(() => project?.remove());

    function expectSound(members: Record<string, string>, kind: 'bulk' | 'delta'): Map<string, ReadFile> {
      const read = new Map(
        Object.entries(members).map(([name, text]) => [name, readAsImporter(text, RFC_4180)]),
      );
      const manifest = new Map(read.get('manifest.csv')?.rows.map(([key = '', value = '']) => [key, value]));
      read.delete('manifest.csv');
      expect(manifest.get('manifest.version')).to.equal('1.0');
      expect(manifest.get('oneroster.version')).to.equal(version);
      const there = [...manifest].filter(([key, value]) => key.startsWith('file.') && value !== 'absent');
      expect(there.map(([key]) => `${key.slice('file.'.length)}.csv`)).to.have.members([...read.keys()]);
      for (const [key, value] of there) expect(value, key).to.equal(kind);
      for (const [name, file] of read) {
        expect(file.header.slice(0, 3), name).to.deep.equal(['sourcedId', 'status', 'dateLastModified']);
        expect(file.rows, `${name} has rows`).not.to.deep.equal([]);
        for (const id of column(file, 'sourcedId')) expect(id, name).to.match(/^[\w./@-]{1,255}$/);
        expect(new Set(column(file, 'sourcedId')).size, name).to.equal(file.rows.length);
        for (const key of file.header.filter((one) => /SourcedId$/.test(one)))
          for (const id of column(file, key)) expect(id, `${name} ${key}`).to.match(/^[\w./@-]*$/);
      }
      return read;
    }

    it('bulk: a zip with its manifest, blanks where bulk has them, ends that are exclusive', async () => {
      project = await projectOf(presets(''), packed);
      await project.drop(Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== 'staff.csv')));
      const { report } = await project.carry();
      expect(report.run.outcome).to.equal('delivered');
      const read = expectSound(await zipOf(project, 'oneroster.zip'), 'bulk');
      const file = (name: string) => read.get(name) ?? { header: [], rows: [] };
      for (const { rows } of read.values())
        for (const [, status, modified] of rows) expect([status, modified]).to.deep.equal(['', '']);
      expect(column(file('users.csv'), 'givenName')).to.deep.equal(NAMES);
      expect(column(file('orgs.csv'), 'name')).to.deep.equal(['Mesa "Old" Middle, North']);
      expect(column(file('enrollments.csv'), 'endDate')).to.deep.equal(['2026-12-19', '']);
      expect(column(file('academicSessions.csv'), 'endDate')).to.deep.equal(['2027-05-30']);
      expect(column(file('academicSessions.csv'), 'schoolYear')).to.deep.equal(['2027']);
    });

    it('delta: what changed, with its status, and a last row of whom the extract has no more', async () => {
      project = await projectOf(
        { students: `oneroster-${version}/users_delta` },
        `reconcile: { deliver: changes, removed: { deactivate: { status: tobedeleted } } }\n${packed}`,
      );
      await project.drop({ 'students.csv': STUDENTS });
      await project.carry();
      const first = expectSound(await zipOf(project, 'oneroster.zip'), 'delta').get('users.csv');
      expect(first?.rows.map((row) => row.slice(0, 3))).to.deep.equal([
        ['00417', 'active', '2026-11-22T00:00:00.000Z'],
        ['00418', 'active', '2026-11-22T00:00:00.000Z'],
      ]);
      await project.drop({ 'students.csv': STUDENTS.replace(/00417.*\n/, '').replace('Will', 'Willy') });
      await project.carry();
      const next = expectSound(await zipOf(project, 'oneroster.zip'), 'delta').get('users.csv');
      expect(next?.rows.map((row) => row.slice(0, 2)).toSorted()).to.deep.equal([
        ['00417', 'tobedeleted'],
        ['00418', 'active'],
      ]);
    });
  });

describe('Apple School Manager, read as its guide says', () => {
  it('six files in one zip without folders, lines that end in LF, quotes behind a backslash', async () => {
    const project = await projectOf(
      {
        students: 'apple-school-manager/students',
        staff: 'apple-school-manager/staff',
        schools: 'apple-school-manager/locations',
        courses: 'apple-school-manager/courses',
        sections: 'apple-school-manager/classes',
        enrollments: 'apple-school-manager/rosters',
      },
      'package: { zip: "asm_{date}.zip" }',
    );
    try {
      const { 'terms.csv': _, ...files } = FILES;
      await project.drop(files);
      await project.carry();
      const members = await zipOf(project, 'asm_2026-11-22.zip');
      const six = ['classes', 'courses', 'locations', 'rosters', 'staff', 'students'];
      expect(Object.keys(members).toSorted()).to.deep.equal(six.map((name) => `${name}.csv`));
      const read = (name: string) => readAsImporter(members[`${name}.csv`] ?? '', APPLE);
      expect(column(read('students'), 'first_name')).to.deep.equal(NAMES);
      expect(column(read('locations'), 'location_name')).to.deep.equal(['Mesa "Old" Middle, North']);
      expect(members['students.csv']).to.include('"Ana \\"Annie\\", the 2nd"');
      const locations = column(read('locations'), 'location_id');
      for (const name of six.filter((one) => one !== 'rosters'))
        for (const id of column(read(name), 'location_id')) expect(locations, name).to.include(id);
      expect(column(read('rosters'), 'student_id')).to.deep.equal(column(read('students'), 'person_id'));
    } finally {
      await project.remove();
    }
  });
});

describe('Xello, read as its help says', () => {
  it('bars without quotes, and no row that has a bar in a value', async () => {
    const sent = `${STUDENTS.replaceAll('""', '')}00419,Nu|l,Al,1/2/2014,X,12,0410,0,\n`;
    const { text, findings } = await runPreset({ preset: 'xello/students', sent });
    expect(findings, 'the row with the bar').to.have.length(1);
    const { header, rows } = readAsImporter(text, XELLO);
    expect(header.join('|')).to.equal(
      'StudentID|FirstName|LastName|Gender|CurrentGrade|CurrentSchoolCode|PreRegSchoolCode|DateOfBirth',
    );
    expect(rows).to.deep.equal([
      ['00417', 'Ana Annie, the 2nd', 'O’Brien', 'F', '6', '0410', '', '2015-03-09'],
      ['00418', 'Will \\ Bill', 'Null', 'M', '0', '0410', '', '2014-12-31'],
    ]);
  });
});

describe('files with a header row and quotes where they are needed', () => {
  const HEADERS = {
    'microsoft-sds-2.1/users':
      'sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms',
    'clever/students': 'School_id,Student_id,Student_number,Last_name,First_name,Grade,Gender,DOB',
    'operoo/students': 'student_id,first_name,last_name,date_of_birth,grade,school',
    'openapply/students': 'Student ID,First Name,Last Name,Grade,Enrollment Year,Student Status',
    'aeries/students': 'ID,LN,FN,GN,GR,BD,SC',
    'skyward-qmlativ/students':
      'StudentNumber,LastName,FirstName,MiddleName,BirthDate,Gender,GradeLevel,EntityCode,EntryDate,StateID,Street,City,State,ZipCode,Phone,Email',
    'eschoolplus/students':
      'STUDENT_ID,LAST_NAME,FIRST_NAME,MIDDLE_NAME,BIRTHDATE,GENDER,GRADE,BUILDING,CURRENT_STATUS,ENTRY_DATE',
    'schoolmint-enroll/students':
      'students.student_district_id,students.fname,students.lname,students.DOB,students.sis_school_year,students_annual.sis_entrydate',
  };
  for (const [preset, wanted] of Object.entries(HEADERS))
    it(`${preset} has the header letter by letter, and gives the names back as they were`, async () => {
      const { text, findings } = await runPreset({ preset, sent: STUDENTS });
      expect(findings).to.deep.equal([]);
      const read = readAsImporter(text, RFC_4180);
      expect(read.header.join(',')).to.equal(wanted);
      const at = read.rows[0]?.indexOf(NAMES[0] ?? '') ?? -1;
      expect(read.rows.map((row) => row[at])).to.deep.equal(NAMES);
      expect(read.rows.flat()).to.include('00417');
    });

  it('powerschool/students is read by tabs, and refuses a tab in a value', async () => {
    const sent = STUDENTS.replaceAll('""', '').replace('Null', '"Nu\tll"');
    const { text } = await runPreset({
      preset: 'powerschool/students',
      over: 'fields: { Last_Name: Last_Name }\n',
      sent,
    });
    const { header, rows } = readAsImporter(text, { delimiter: '\t', lineEnd: '\r\n', quotes: 'none' });
    expect(header.slice(0, 3)).to.deep.equal(['Student_Number', 'Last_Name', 'First_Name']);
    expect(rows).to.have.length(1);
  });
});
