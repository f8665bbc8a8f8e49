/** One student as one row of the extract, with what is wrong in it. */
import { joinFields } from './csv-text.ts';
import { writeDay } from './days.ts';
import { PURPOSE, roll, shuffle } from './dice.ts';
import type { DistrictPlan } from './district.ts';
import { type Household, householdOf, pick, writePhone } from './household.ts';
import { type Name, NICKNAMES } from './names.ts';
import { NOTES, QUOTED_NOTES, STATE } from './places.ts';
import { STATUS, type Student } from './student.ts';

export const STUDENT_COLUMNS = [
  'Student_Number',
  'State_StudentNumber',
  'Last_Name',
  'First_Name',
  'Middle_Name',
  'DOB',
  'Gender',
  'Grade_Level',
  'SchoolID',
  'Enroll_Status',
  'EntryDate',
  'ExitDate',
  'Ethnicity',
  'Home_Language',
  'LEP',
  'SpEd',
  'Lunch_Status',
  'Street',
  'City',
  'State',
  'Zip',
  'Home_Phone',
  'Email',
  'Notes',
] as const;
/** Where a short row breaks off: in the middle of the student, as when an export is cut. */
const SHORT_ROW_FIELDS = 9;

const IMPOSSIBLE_DAYS = ['2/30/2014', '13/5/2012', '4/31/2011', 'N/A', '0/0/0000', '2015'];
const UNKNOWN_STATUSES = ['W', '99', 'Active', '7'];
const UNKNOWN_GENDERS = ['U', 'N/A', 'Male'];

/** @param changed a second row of a conflicting pair: another home phone, another city. */
export function writeStudentRow(
  plan: DistrictPlan,
  index: number,
  student: Student,
  changed = false,
): string {
  const household = householdOf(plan, student.eldest, plan.night);
  const fields = [
    ...identityOf(plan, index, student, household),
    ...enrollmentOf(plan, index, student, household),
    ...homeOf(plan, index, student, household),
  ];
  if (changed) {
    fields[18] = fields[18] === 'Centerville' ? 'Riverside' : 'Centerville';
    fields[21] = '';
  }
  if (student.flaw === 'short_row') fields.length = SHORT_ROW_FIELDS;
  // What an export that never quotes makes of a comma in an address.
  if (student.flaw === 'long_row') fields.splice(18, 0, ' Apt 4');
  return joinFields(fields, plan.delimiter) + plan.eol;
}

/** Seven digits, each once. */
export function studentNumber(plan: DistrictPlan, index: number): string {
  let place = index;
  // Walking on until the place lies in the range keeps the numbers apart, because the walk can be walked back.
  do place = shuffle(place, 24, plan.seed);
  while (place >= 9_000_000);
  return String(1_000_000 + place);
}

function identityOf(plan: DistrictPlan, index: number, student: Student, household: Household): string[] {
  const { seed } = plan;
  const { flaw } = student;
  const gender = roll(seed, PURPOSE.gender, index, 100);
  const birthDay =
    flaw === 'impossible_birth_date'
      ? pick(IMPOSSIBLE_DAYS, seed, PURPOSE.breakage, index)
      : flaw === 'blank_birth_date'
        ? ''
        : writeDay(student.birthDay);
  return [
    flaw === 'blank_id' ? '' : studentNumber(plan, index),
    stateNumber(seed, index),
    lastNameOf(seed, index, household.surname),
    firstNameOf(plan, index, gender),
    roll(seed, PURPOSE.middleName, index, 100) < 45
      ? ''
      : pick(gender < 50 ? plan.names.girls : plan.names.boys, seed, PURPOSE.middleName, index).text,
    birthDay,
    flaw === 'unknown_gender'
      ? pick(UNKNOWN_GENDERS, seed, PURPOSE.breakage, index)
      : gender < 49
        ? 'F'
        : gender < 98
          ? 'M'
          : 'X',
  ];
}

function enrollmentOf(plan: DistrictPlan, index: number, student: Student, household: Household): string[] {
  const { seed } = plan;
  const { flaw, status } = student;
  const learner = household.language !== 'eng' && roll(seed, PURPOSE.learner, index, 100) < 45;
  return [
    String(student.grade),
    String(student.school),
    flaw === 'unknown_status'
      ? pick(UNKNOWN_STATUSES, seed, PURPOSE.breakage, index)
      : flaw === 'blank_status'
        ? ''
        : status,
    writeDay(student.entryDay),
    student.exitDay === undefined ? '' : writeDay(student.exitDay),
    String(1 + roll(seed, PURPOSE.ethnicity, student.eldest, 7)),
    household.language,
    learner ? 'Y' : 'N',
    roll(seed, PURPOSE.special, index, 100) < 16 ? 'Y' : 'N',
    household.lunch,
  ];
}

function homeOf(plan: DistrictPlan, index: number, student: Student, household: Household): string[] {
  const { seed } = plan;
  const call = roll(seed, PURPOSE.phoneStyle, index, 100);
  const line =
    call < 3 && student.event !== 'new_phone'
      ? ''
      : writePhone(newPhone(household.phone, student, plan.night), call);
  const town = roll(seed, PURPOSE.spaces, index, 1000);
  return [
    household.street,
    town < 4 ? `${household.city} ` : household.city,
    STATE,
    household.zip,
    line,
    emailOf(plan, index, household),
    noteOf(seed, index, student),
  ];
}

/** Ten digits, each once, most with leading zeros; a few students have none yet. */
function stateNumber(seed: number, index: number): string {
  if (roll(seed, PURPOSE.stateId, index, 1000) < 6) return '';
  return String(shuffle(index, 30, seed + 1)).padStart(10, '0');
}

function lastNameOf(seed: number, index: number, surname: Name): string {
  const share = roll(seed, PURPOSE.spaces, index, 1000);
  if (share > 990) return `${surname.text} `;
  return share > 987 ? `${surname.text}, Jr.` : surname.text;
}

function firstNameOf(plan: DistrictPlan, index: number, gender: number): string {
  const share = roll(plan.seed, PURPOSE.nickname, index, 1000);
  // A student of one name only: it stands as the last name.
  if (share < 3) return '';
  const { text } = givenName(plan, index, gender);
  if (share < 8) return `${text} "${pick(NICKNAMES, plan.seed, PURPOSE.firstName, index)}"`;
  return share < 14 ? `  ${text}` : text;
}

function givenName(plan: DistrictPlan, index: number, gender: number): Name {
  const { names, seed } = plan;
  if (roll(seed, PURPOSE.oddFirstName, index, 100) < 4)
    return pick(names.oddFirstNames, seed, PURPOSE.firstName, index);
  return pick(gender < 49 ? names.girls : names.boys, seed, PURPOSE.firstName, index);
}

function newPhone(digits: string, student: Student, night: 0 | 1): string {
  if (student.event !== 'new_phone' || night === 0) return digits;
  return digits.slice(0, 8) + String((Number(digits.slice(8)) + 37) % 100).padStart(2, '0');
}

function emailOf(plan: DistrictPlan, index: number, household: Household): string {
  const gender = roll(plan.seed, PURPOSE.gender, index, 100);
  const given = givenName(plan, index, gender).slug;
  const address = `${given}.${household.surname.slug}${index % 10000}@students.riverside.example.org`;
  const share = roll(plan.seed, PURPOSE.email, index, 100);
  if (share < 6) return '';
  return share < 9 ? address.toUpperCase() : address;
}

function noteOf(seed: number, index: number, student: Student): string {
  if (student.status === STATUS.historical) return 'Imported from the previous student system';
  if (roll(seed, PURPOSE.quoted, index, 1000) < 11)
    return pick(QUOTED_NOTES, seed, PURPOSE.quotedNote, index);
  if (roll(seed, PURPOSE.quotedNote, index, 100) < 25) return '';
  return pick(NOTES, seed, PURPOSE.note, index);
}
