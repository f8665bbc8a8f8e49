import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { loadPresets } from '../../src/cli/load-preset.ts';
import { readPresetAbout } from '../../src/config/preset-about.ts';
import { FROM_PACKAGE, listPresetFiles } from '../../src/config/preset-files.ts';
import { CASES as SMALL_CASES } from './cases.ts';

const GOLDEN = join(import.meta.dirname, '../golden');
const CASES = readdirSync(GOLDEN).filter((name) => name.startsWith('preset-'));
const FILES = await listPresetFiles([FROM_PACKAGE]);

/** The headers as the documents of each system have them, which their importers compare letter by letter. */
const HEADERS: Readonly<Record<string, string>> = {
  'oneroster-1.1/users.csv':
    'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
  'oneroster-1.1/orgs.csv': 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
  'oneroster-1.1/enrollments.csv':
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
  'oneroster-1.1-classes/courses.csv':
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
  'oneroster-1.1-classes/classes.csv':
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
  'oneroster-1.1-classes/academicSessions.csv':
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
  'oneroster-1.1-demographics/demographics.csv':
    'sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus',
  'oneroster-1.2/users.csv':
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  'oneroster-1.2-roles/roles.csv':
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  'microsoft-sds/orgs.csv': 'sourcedId,name,type,parentSourcedId',
  'microsoft-sds/users.csv':
    'sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms',
  'microsoft-sds-roles/roles.csv':
    'userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate',
  'microsoft-sds-classes/classes.csv': 'sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId',
  'microsoft-sds/enrollments.csv': 'classSourcedId,userSourcedId,role',
  'apple-school-manager/students.csv':
    'person_id,person_number,first_name,middle_name,last_name,grade_level,email_address,sis_username,password_policy,location_id',
  'apple-school-manager/staff.csv':
    'person_id,person_number,first_name,middle_name,last_name,email_address,sis_username,location_id',
  'apple-school-manager/courses.csv': 'course_id,course_number,course_name,location_id',
  'apple-school-manager-classes/classes.csv':
    'class_id,class_number,course_id,instructor_id,instructor_id_2,instructor_id_3,location_id',
  'apple-school-manager/rosters.csv': 'roster_id,class_id,student_id',
  'apple-school-manager/locations.csv': 'location_id,location_name',
  'xello/School.txt': 'SchoolCode|Name|SchoolType',
  'xello/Student.txt':
    'StudentID|FirstName|LastName|Gender|CurrentGrade|CurrentSchoolCode|PreRegSchoolCode|DateOfBirth',
  'xello/Educator.txt': 'FirstName|LastName|Email|SchoolCode|Permissions',
  'xello/StudentCourses.txt': 'StudentID|CourseCode|CourseName|GradeLevel|GradeMark|CreditValue',
  'clever/enrollments.csv': 'School_id,Section_id,Student_id',
};

describe('presets', () => {
  it('say where their format is from, what is to be confirmed, and how dates are written', async () => {
    for (const { name, path } of FILES) {
      const { summary, direction, source, toConfirm, dates, statuses } = readPresetAbout(
        await readFile(path, 'utf8'),
      );
      expect(['reading', 'writing'], name).to.include(direction);
      for (const text of [summary, source, toConfirm, dates]) expect(text, name).to.match(/^\S.*\.$/);
      if (direction === 'reading' && name.endsWith('/students')) expect(statuses, name).to.not.equal('');
    }
  });

  it('are mappings that stand by themselves, under a name of two parts', async () => {
    for (const { name } of FILES) {
      expect(name).to.match(/^[a-z0-9.-]+\/[a-z_]+$/);
      const found = (await loadPresets(name)).find((one) => one.name === name);
      expect(found?.title, name).to.not.equal(name);
    }
  });

  it('are each run by a case whose bytes are compared, and delivered', async () => {
    const used = new Set(SMALL_CASES.map(({ preset }) => preset));
    for (const name of CASES) {
      for (const file of readdirSync(join(GOLDEN, name)).filter((one) => one.endsWith('.yaml'))) {
        const { preset } = parse(await readFile(join(GOLDEN, name, file), 'utf8'));
        if (preset !== undefined) used.add(preset);
      }
      const report = JSON.parse(await readFile(join(GOLDEN, name, 'expected/report.json'), 'utf8'));
      expect(report.run.outcome, name).to.equal('delivered');
    }
    const without = FILES.map(({ name }) => name).filter((name) => !used.has(name));
    expect(without).to.deep.equal(['generic/contacts', 'generic/students']);
  });

  it('write the headers of the documents, letter by letter', async () => {
    for (const [path, header] of Object.entries(HEADERS)) {
      const [name = '', file = ''] = path.split('/');
      const text = await readFile(join(GOLDEN, `preset-${name}`, 'expected/outbound', file), 'utf8');
      expect(text.split(/\r?\n/)[0], path).to.equal(header);
    }
  });

  it('give an applicant a temporary id once, and the real one when the district accepts', async () => {
    const night = (folder: string, date: string) =>
      readFile(
        join(GOLDEN, 'preset-operoo-pre-enrolled', folder, `outbound/operoo_students_${date}.csv`),
        'utf8',
      );
    expect(await night('expected', '2026-11-22')).to.match(
      /^student-operoo-1,Ravi.*\r\nstudent-operoo-2,Ines/m,
    );
    const next = await night('expected-2', '2026-11-23');
    expect(next).to.match(/^99992301,Ravi.*\r\nstudent-operoo-2,Ines.*\r\nstudent-operoo-3,Uma/m);
  });

  it('leave blank what OneRoster leaves blank in bulk, and give ids of its characters alone', async () => {
    for (const path of Object.keys(HEADERS).filter((one) => one.startsWith('oneroster'))) {
      const [name = '', file = ''] = path.split('/');
      const text = await readFile(join(GOLDEN, `preset-${name}`, 'expected/outbound', file), 'utf8');
      for (const row of text.split('\r\n').slice(1, -1)) expect(row, path).to.match(/^[\w./@-]+,,,/);
    }
  });

  it('write files for Xello without a quote, and for Apple with line feeds alone', async () => {
    const outbound = (name: string) => join(GOLDEN, `preset-${name}`, 'expected/outbound');
    for (const file of readdirSync(outbound('xello')))
      expect(await readFile(join(outbound('xello'), file), 'utf8'), file).to.not.include('"');
    for (const file of readdirSync(outbound('apple-school-manager')))
      expect(await readFile(join(outbound('apple-school-manager'), file), 'utf8'), file).to.not.include('\r');
  });
});
