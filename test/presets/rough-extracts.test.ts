/** Extracts as districts really send them: each preset must make the same records of the same students, however the file is written. */
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { FROM_PACKAGE, listPresetFiles } from '../../src/config/preset-files.ts';
import { only, runPreset } from './run-preset.ts';

const PLAIN = ['student_id', 'last_name', 'first_name', 'birth_date', 'gender', 'grade', 'school', 'status'];
const STUDENTS = [
  '004711,Muñoz,Ana,2015-03-09,F,6,0410,active',
  '004712,O’Brien,Will,2021-01-05,M,K,0410,inactive',
];

/** The header and two rows of each system, without quotes and with commas; the first date M/d/yyyy, the second with zeros. */
const SYSTEMS: Readonly<Record<string, string[]>> = {
  'powerschool-extract/students': [
    'Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status',
    '004711,Muñoz,Ana,3/9/2015,F,6,0410,0',
    '004712,O’Brien,Will,01/05/2021,M,0,0410,1',
  ],
  'aeries-extract/students': [
    'STU.ID,STU.LN,STU.FN,STU.BD,STU.GN,STU.GR,STU.SC,STU.TG',
    '004711,Muñoz,Ana,3/9/2015,F,6,0410,',
    '004712,O’Brien,Will,01/05/2021,M,0,0410,I',
  ],
  'skyward-qmlativ-extract/students': [
    'StudentNumber,LastName,FirstName,BirthDate,Gender,GradeLevel,EntityCode,Status',
    '004711,Muñoz,Ana,3/9/2015,Female,06,0410,Active',
    '004712,O’Brien,Will,01/05/2021,Male,KG,0410,Inactive',
  ],
  'infinite-campus-extract/students': [
    'studentNumber,lastName,firstName,birthDate,gender,gradeLevel,schoolNumber,activeToday',
    '004711,Muñoz,Ana,03/09/2015,F,06,0410,1',
    '004712,O’Brien,Will,01/05/2021,M,KG,0410,0',
  ],
  'eschoolplus-extract/students': [
    'STUDENT_ID,LAST_NAME,FIRST_NAME,BIRTHDATE,GENDER,GRADE,BUILDING,CURRENT_STATUS',
    '004711,Muñoz,Ana,3/9/2015 12:00:00 AM,F,06,0410,A',
    '004712,O’Brien,Will,2021-01-05 00:00:00,M,KF,0410,I',
  ],
  'eschooldata-extract/students': [
    'studentId,lastName,firstName,birthDate,gender,gradeLevel,buildingCode,studentStatus',
    '004711,Muñoz,Ana,3/9/2015,F,6,0410,Enrolled',
    '004712,O’Brien,Will,01/05/2021,M,K,0410,Pre-enrolled',
  ],
  'clever-extract/students': [
    'Student_id,Last_name,First_name,DOB,Gender,Grade,School_id,Home_language',
    '004711,Muñoz,Ana,03/09/2015,F,6,0410,English',
    '004712,O’Brien,Will,01/05/2021,M,Kindergarten,0410,Spanish',
  ],
};

/** As the statuses of a system are called where it has others, or none. */
function expected(preset: string): string[] {
  if (preset.startsWith('clever')) return STUDENTS.map((row) => row.replace(/,\w+$/, ''));
  return STUDENTS.map((row) =>
    preset.startsWith('eschooldata') ? row.replace('inactive', 'pre_enrolled') : row,
  );
}

const ROUGH: Readonly<Record<string, (lines: readonly string[]) => string | Uint8Array>> = {
  'as it stands': (lines) => lines.join('\n'),
  'with tabs, CRLF and blank lines at the end': (lines) =>
    `${lines.join('\r\n').replaceAll(',', '\t')}\r\n\r\n\r\n`,
  'with bars and a mark in front': (lines) => `\ufeff${lines.join('\n').replaceAll(',', '|')}\n`,
  'with every value in quotes': (lines) =>
    lines
      .map((line) =>
        line
          .split(',')
          .map((value) => `"${value}"`)
          .join(','),
      )
      .join('\r\n'),
  'in Windows-1252': (lines) => iconv.encode(lines.join('\r\n'), 'windows-1252'),
  'in UTF-16, as spreadsheets save it': (lines) =>
    iconv.encode(lines.join('\r\n').replaceAll(',', '\t'), 'utf-16le', { addBOM: true }),
  'with spaces in the names': (lines) => renamed(lines, (name) => name.replaceAll('_', ' ')),
  'in capitals': (lines) => renamed(lines, (name) => name.toUpperCase()),
  'in small letters': (lines) => renamed(lines, (name) => name.toLowerCase()),
  'with white space around the names': (lines) => renamed(lines, (name) => ` ${name} `),
  'with columns that nobody asked for': (lines) =>
    lines.map((line, at) => (at === 0 ? `Bus,${line},Locker,Locker` : `7,${line},A,B`)).join('\n'),
};

function renamed([header = '', ...rows]: readonly string[], rename: (name: string) => string): string {
  return [header.split(',').map(rename).join(','), ...rows].join('\n');
}

describe('rough extracts', () => {
  for (const [preset, lines] of Object.entries(SYSTEMS))
    for (const [how, write] of Object.entries(ROUGH))
      it(`${preset} reads a file ${how}`, async () => {
        const run = await runPreset({ preset, sent: write(lines) });
        const targets = preset.startsWith('clever') ? PLAIN.slice(0, -1) : PLAIN;
        expect(only(run, ...targets)).to.deep.equal(expected(preset));
      });

  it('has every preset that reads students by rows of their own', async () => {
    const reading = (await listPresetFiles([FROM_PACKAGE])).filter(({ name }) =>
      /-extract\/students$/.test(name),
    );
    expect(Object.keys(SYSTEMS).toSorted()).to.deep.equal(reading.map(({ name }) => name));
  });

  for (const prefix of ['STUDENTS.', '[1]', '[01]', 'Students:'])
    it(`reads PowerSchool names with ${prefix} in front`, async () => {
      const preset = 'powerschool-extract/students';
      const run = await runPreset({
        preset,
        sent: renamed(SYSTEMS[preset] ?? [], (name) => `${prefix}${name}`),
      });
      expect(only(run, ...PLAIN)).to.deep.equal(STUDENTS);
    });
});

describe('rough values', () => {
  const preset = 'powerschool-extract/students';
  const header = 'Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status';
  const read = async (values: { dob?: string; gender?: string; grade?: string }, target: string) => {
    const { dob = '3/9/2015', gender = 'F', grade = '6' } = values;
    const run = await runPreset({ preset, sent: `${header}\n7,Ray,Mo,${dob},${gender},${grade},410,0` });
    return only(run, target)[0];
  };

  for (const dob of '3/9/2015 03/09/2015 2015-03-09 20150309 3/9/15 3-9-2015 09-MAR-2015 9-Mar-2015'.split(
    ' ',
  ))
    it(`a birth date written ${dob}`, async () => {
      expect(await read({ dob }, 'birth_date')).to.equal('2015-03-09');
    });
  for (const time of [
    '3/9/2015 0:00',
    '3/9/2015 12:00:00 AM',
    '2015-03-09 00:00:00',
    '2015-03-09 00:00:00.0',
    '2015-03-09T00:00:00',
  ])
    it(`a birth date with a time of day: ${time}`, async () => {
      expect(await read({ dob: time }, 'birth_date')).to.equal('2015-03-09');
    });

  const grades = {
    K: 'K KG 0 00 KF Kindergarten',
    PK: 'PK -1 Pre-K',
    PK3: '-2',
    PR: 'PS',
    9: '9 09 9th Freshman',
    13: '13',
    PG: '99',
  };
  for (const [grade, written] of Object.entries(grades))
    for (const one of written.split(' '))
      it(`grade ${one} is ${grade}`, async () => {
        expect(await read({ grade: one }, 'grade')).to.equal(grade);
      });

  const genders = { M: 'M m Male MALE', F: 'F Female', X: 'X N Nonbinary Non-binary', '': 'U Unknown' };
  for (const [gender, written] of Object.entries(genders))
    for (const one of written.split(' '))
      it(`gender ${one} is ${gender || 'blank'}`, async () => {
        expect(await read({ gender: one }, 'gender')).to.equal(gender);
      });

  it('a day that no calendar has is refused', async () => {
    const run = await runPreset({ preset, sent: `${header}\n7,Ray,Mo,2/30/2015,F,6,410,0` });
    expect(run.findings.map(({ code }) => code)).to.deep.equal(['bad_date']);
  });
});

describe('a file of a system into the presets that write students', () => {
  const sent = (at: string) => (SYSTEMS[at] ?? []).join('\n');
  const full =
    'Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status,EntryDate\n7,Ray,Mo,3/9/2015,F,6,410,0,8/18/2026';

  it('reads whichever names the file has', async () => {
    const files = (await listPresetFiles([FROM_PACKAGE])).filter(
      ({ name }) =>
        /\/(students|users|roles|demographics)$/.test(name) &&
        !/-extract\/|generic|enrollment|operoo/.test(name),
    );
    expect(files.length).to.be.above(14);
    for (const { name } of files) {
      const run = await runPreset({ preset: name, sent: full });
      expect(run.findings, name).to.deep.equal([]);
      expect(run.text, name).to.include('7');
    }
  });

  for (const at of [
    'aeries-extract/students',
    'skyward-qmlativ-extract/students',
    'infinite-campus-extract/students',
    'eschoolplus-extract/students',
    'clever-extract/students',
  ])
    it(`schoolmint-enroll/students of a file for ${at}, which has no entry date`, async () => {
      const run = await runPreset({
        preset: 'schoolmint-enroll/students',
        over: 'identity: { status: }\n',
        sent: sent(at).replace('activeToday', 'Status'),
      });
      expect(run.text.split('\r\n').slice(0, 3)).to.deep.equal([
        'students.student_district_id,students.fname,students.lname,students.DOB,students.sis_school_year,students_annual.sis_entrydate',
        '004711,Ana,Muñoz,2015-03-09,2026,2026-11-22',
        '004712,Will,O’Brien,2021-01-05,2026,2026-11-22',
      ]);
    });
});
