import { expect } from 'chai';
import { conceptOf, isPersonal } from '../../src/inspect/concepts.ts';

/** As the systems write them. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  student_id: [
    'Student_Number',
    'STU.ID',
    'StudentID',
    'studentId',
    'students.student_district_id',
    'Perm ID',
  ],
  state_id: ['State_StudentNumber', 'SASID', 'StateProvNumber', 'ssid'],
  last_name: ['Last_Name', 'LN', 'familyName', 'lname', 'Surname', 'STUDENTS.Last_Name'],
  first_name: ['First Name', 'FN', 'givenName', 'students.fname'],
  birth_date: ['DOB', 'BirthDate', 'Birth Date', 'birthdate', 'STU.BD', 'DateOfBirth'],
  grade: ['Grade_Level', 'GradeLevel', 'GR', 'CurrentGrade', 'grades'],
  school: ['SchoolID', 'SC', 'School Code', 'BuildingCode', 'CurrentSchoolCode', 'orgSourcedIds'],
  status: ['Enroll_Status', 'STU.TG', 'studentStatus', 'Enrollment Status'],
  postal_code: ['Zip', 'ZipCode', 'student_zip', 'Postal Code'],
  contact_last_name: ['Contact_Name_Last', 'Guardian Last Name', 'guardian1_lname'],
};

describe('inspect/concepts', () => {
  for (const [concept, headers] of Object.entries(KNOWN))
    for (const header of headers)
      it(`takes ${header} for ${concept}`, () => expect(conceptOf(header)?.name).to.equal(concept));

  it('says nothing of a header that no system writes', () => {
    for (const header of ['Homeroom', 'Bus', '504', ''])
      expect(conceptOf(header), header).to.equal(undefined);
  });

  it('knows what is about people, even under headers of the district', () => {
    for (const header of ['Last_Name', 'Emergency Contact 2', 'Doctor Phone', 'Mother', 'Apellido', 'Nick'])
      expect(isPersonal(header), header).to.equal(true);
    for (const header of ['Gender', 'SchoolID', 'Homeroom', 'School_Name', 'Bus'])
      expect(isPersonal(header), header).to.equal(false);
  });
});
