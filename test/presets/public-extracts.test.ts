/** Headers letter by letter as extracts have them that are public, each with a student who is made up. */
import { expect } from 'chai';
import { only, runPreset } from './run-preset.ts';

/** Of North Carolina's extract for FinalSite, out of Infinite Campus. */
const FINALSITE =
  'schoolID,organizationid,personID,studentid,lastName,firstName,middleName,Hidden from Directory,birthDate,gender,gradeLevel,preferredLanguage1ID,address1,city,state,zip,emailAddress,phoneNumber,phoneNumber2,workphoneNumber,mobilephoneNumber,smsNumber,pager,language,homePrimaryLanguage,AMBusNumber,PMBusNumber\n' +
  '17,920304,88123,0234567890,Hall,Jo,,YES,03/09/2015,F,KG,en_US,12 Elm St,Cary,NC,07511,JO@example.org,(919)555-0100,,,,,,,English,,\n';
/** Of a script that makes students.csv of Clever out of PowerSchool. */
const CLEVER =
  'School_id,Student_id,Student_number,State_id,Last_name,Middle_name,First_name,Grade,Gender,Graduation_year,DOB,Race,Hispanic_Latino,Home_language,Ell_status,Frl_status,IEP_status,Student_street,Student_city,Student_state,Student_zip,Student_email,Contact_relationship,Contact_type,Contact_email,Contact_sis_id,Username,Password\n' +
  '410,00417,00417,99,Ray,,Mo,6,M,2033,03/09/2015,W,N,English,N,N,N,1 A St,Mesa,NM,07030,,Parent,Primary,a@example.org,C1,,\n';
/** Of the parents that go with the first one. */
const PARENTS =
  'Account ID,Organization ID,Last Name,First Name,Hidden from Directory,Student ID,Title,Primary Phone,Cell Phone,Home Phone,Email 1,Email 2,Street Address,City,State,Zip,Text Number 1,Language\n' +
  'P1,920304,Hall,Bo,,0234567890,,(919)555-0123,,,BO@example.org,,12 Elm St,Cary,NC,07511,,English\n';

describe('extracts that are public', () => {
  it('Infinite Campus for FinalSite, which has no status, is read whole', async () => {
    const run = await runPreset({ preset: 'infinite-campus-extract/students', sent: FINALSITE });
    expect(
      only(run, 'student_id', 'last_name', 'birth_date', 'grade', 'school', 'status', 'postal_code', 'email'),
    ).to.deep.equal(['0234567890,Hall,2015-03-09,K,920304,active,07511,jo@example.org']);
    const parents = await runPreset({ preset: 'infinite-campus-extract/contacts', sent: PARENTS });
    expect(only(parents, 'student_id', 'contact_id', 'last_name', 'phone', 'email')).to.deep.equal([
      '0234567890,P1,Hall,(919)555-0123,bo@example.org',
    ]);
  });

  it('Clever out of PowerSchool, with the contact of the row as the guardian', async () => {
    const run = await runPreset({ preset: 'clever-extract/students', sent: CLEVER });
    expect(only(run, 'student_id', 'state_id', 'grade', 'street', 'guardian_email')).to.deep.equal([
      '00417,99,6,1 A St,a@example.org',
    ]);
  });

  for (const [preset, expected] of [
    ['oneroster-1.1/users', '00417,,,true,410,student,00417,,Mo,Ray,,00417,,,,,06,'],
    ['clever/students', '410,00417,00417,Ray,Mo,6,M,03/09/2015'],
    ['xello/students', '00417|Mo|Ray|M|6|410||2015-03-09'],
    ['apple-school-manager/students', '00417,00417,Mo,,Ray,6,,,,410'],
    ['microsoft-sds-2.1/users', '00417,00417,Mo,Ray,,,,,'],
    ['openapply/students', '00417,Mo,Ray,Grade 6,Academic Year 2026-2027,Pending'],
  ] as const)
    it(`the same file into ${preset}`, async () => {
      const over = 'identity: { status: }\n';
      const run = await runPreset({ preset, over, sent: CLEVER });
      expect(run.findings).to.deep.equal([]);
      expect(run.text.split(/\r?\n/)[1]).to.equal(expected);
    });
});
