/** Presets that no whole run is made for: what a system sends, and which preset it is run through. What comes out lies in `expected`. */
import type { Extract } from './run-preset.ts';

const students =
  'Student_Number,State_StudentNumber,Last_Name,First_Name,Middle_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status,EntryDate,Student_Email\n' +
  '00417,0001234567,O’Brien,María José,,3/9/2015,F,6,0410,0,8/18/2026,mj@example.org\n' +
  '00419,,"Lee, Jr.",Tom,Ray,12/31/2020,X,K,0420,0,,\n';
const contacts =
  'Student_Number,Contact_ID,Last_Name,First_Name,Gender,Relationship,Priority,Phone,Email\n' +
  '00417,C1,Ruiz,Rosa,F,Mother,1,505-555-0101,ROSA@example.org\n' +
  '00417,C2,O’Brien,Pat,M,Father,2,(505) 555-0102,pat@example.org\n';
const staff =
  'TeacherNumber,Last_Name,First_Name,Email_Addr,SchoolID,Title\n' +
  'T0071,Diaz,Ana,Ana.Diaz@example.org,0410,Counselor\n';
const schools = 'School_Number,School_Name,School_Type\n0410,"Mesa Middle, North",Middle School\n';
const courses =
  'Course_Number,Course_Name,SchoolID,Credits,Low_Grade,High_Grade,Subject\nMATH6,Math 6,0410,1,6,8,Math\n';
const terms = 'TermID,Term_Name,FirstDay,LastDay\n3600,2026-2027,8/18/2026,5/29/2027\n';
const sections =
  'Section_ID,Course_Number,Course_Name,SchoolID,TermID,TeacherNumber\nS-101,MATH6,Math 6,0410,3600,T0071\n';
const enrollments =
  'Section_ID,Student_Number,SchoolID,DateEnrolled,DateLeft,Course_Number,Course_Name\n' +
  'S-101,00417,0410,8/18/2026,,MATH6,Math 6\n' +
  'S-101,00419,0410,8/18/2026,12/18/2026,MATH6,Math 6\n';
const eschoolData =
  'applicationId,enrolledId,studentStatus,firstName,lastName,birthDate,gradeLevel,buildingCode\n' +
  'A-77,,Pre-enrolled,Ravi,Rao,1/15/2021,K,DOC\n' +
  'A-79,99992226,Enrolled,Maya,Ortiz,3/9/2015,6,MS\n';
const applicantsContacts =
  'applicationId,enrolledId,Last_Name,First_Name,Relationship,Phone,Email\n' +
  'A-77,,Rao,Anil,Father,516-555-0100,anil@example.org\n' +
  'A-79,99992226,Ortiz,Eva,Mother,516-555-0101,\n';
const registrations =
  'Submission_ID,Submission_Status,State_ID,Last_Name,First_Name,Birth_Date,Gender,Grade,School,Entry_Date,Street,Home_Phone\n' +
  'R-1,Approved,,Nguyễn,An,2021-02-03,F,K,0420,2026-11-30,9 Oak Ave,5055550101\n';
const eschoolPlus =
  'STUDENT_ID|LAST_NAME|FIRST_NAME|MIDDLE_NAME|BIRTHDATE|GENDER|GRADE|BUILDING|CURRENT_STATUS|NICKNAME|LANGUAGE\n' +
  '00417|O’Brien|María José||2015-03-09 00:00:00|F|06|410|A|MJ|ES\n' +
  '00419|Lee|Tom|Ray|12/31/2020|M|KF|420|I||\n';
const eschoolPlusContacts =
  'STUDENT_ID|CONTACT_ID|CONTACT_TYPE|CONTACT_PRIORITY|RELATION_CODE|LAST_NAME|FIRST_NAME|PHONE|EMAIL|LIVING_WITH\n' +
  '00417|9001|G|1|M|Ruiz|Rosa|5055550101|ROSA@example.org|Y\n';
const eschoolDataContacts =
  'studentId,contactId,lastName,firstName,relationship,priority,phone,email\n' +
  '99992226,7,Ortiz,Eva,Mother,1,5165550100,eva@example.org\n';

const joined = { contacts: { preset: 'schoolmint-enroll/contacts', sent: contacts } };
const sis = { sis: { preset: 'powerschool-enrollment/sis', sent: students } };

function each(system: string, records: Record<string, string>): Extract[] {
  return Object.entries(records).map(([record, sent]) => ({ preset: `${system}/${record}`, sent }));
}

const deltas = {
  users_delta: students,
  staff_delta: staff,
  guardians: contacts,
  guardians_delta: contacts,
  orgs_delta: schools,
  courses_delta: courses,
  classes_delta: sections,
  enrollments_delta: enrollments,
  academic_sessions_delta: terms,
  demographics_delta: students,
};

export const CASES: readonly Extract[] = [
  ...each('eschoolplus', { students, contacts }),
  ...each('eschoolplus-extract', { students: eschoolPlus, contacts: eschoolPlusContacts }),
  ...each('eschooldata-extract', { contacts: eschoolDataContacts }),
  ...each('skyward-qmlativ', { students }),
  ...each('powerschool-enrollment', { sis: students }),
  { preset: 'powerschool-enrollment/students', sent: registrations, joined: sis },
  ...each('xello', {
    courses,
    course_requests: enrollments,
    educator_students: 'Student_Number,Counselor_Email\n00417,ana.diaz@example.org\n',
    student_groups:
      'Student_Number,Group_Name,Teacher_Email,SchoolID\n00417,Grade 6-Diaz,ana.diaz@example.org,0410\n',
  }),
  { preset: 'schoolmint-enroll/students_guardians', sent: students, joined },
  ...each('schoolmint-enroll', {
    applications:
      'Student_Number,First_Name,Last_Name,DOB,Program,Submitted_At\n00417,María José,O’Brien,3/9/2015,Dual Language,2026-11-02\n',
  }),
  { preset: 'openapply/students_parents', sent: students, joined },
  { preset: 'clever/students_contacts', sent: students, joined },
  ...each('clever', { other_staff: staff }),
  { preset: 'operoo/pre_enrolled_groups', sent: eschoolData, category: 'pre_enrolled' },
  ...each('operoo', { pre_enrolled_contacts: applicantsContacts }),
  ...each('microsoft-sds-2.1', {
    academic_sessions: terms,
    courses,
    demographics: students,
    user_flags: 'Student_Number,Flag\n00417,iep\n',
    relationships: contacts,
    staff,
    staff_roles: staff,
  }),
  ...each('oneroster-1.1', deltas),
  ...each('oneroster-1.2', {
    ...deltas,
    roles_delta: students,
    demographics: students,
    staff,
    staff_roles: staff,
    staff_roles_delta: staff,
  }),
];
