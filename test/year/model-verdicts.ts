/** What the contract says of each row alone: carried, rejected, left out; and of rows that stand twice. */
import type { Cells } from './extract.ts';

export type Judged =
  | { verdict: 'carried'; id: string; values: string[]; active: boolean; school: string; grade: string }
  | { verdict: 'rejected'; id: string; code: string }
  | { verdict: 'ineligible'; id: string; reason: 'age' | 'student_not_carried' }
  | { verdict: 'duplicate'; id: string };

const GENDERS = new Map([
  ['', ''],
  ['M', 'Male'],
  ['F', 'Female'],
  ['X', 'Other'],
]);
const STATUSES = new Map([
  ['A', 'Active'],
  ['I', 'Inactive'],
  ['W', 'Withdrawn'],
  ['G', 'Graduated'],
]);
const RELATIONS = new Map([
  ['', ''],
  ['M', 'Mother'],
  ['F', 'Father'],
  ['G', 'Guardian'],
]);
const STUDENT_FIELDS = 11;
const CONTACT_FIELDS = 7;
const SHORTEST_TELLING_ID = 4;

/** @param isKnown whether the id was delivered before: whose row it is that cannot be read */
export function judgeStudents(
  rows: readonly Cells[],
  date: string,
  isKnown: (id: string) => boolean,
): Judged[] {
  const judged = rows.map((row) => judgeStudent(row, date, isKnown));
  const groups = Map.groupBy(
    rows.keys().filter((at) => rows[at]?.length === STUDENT_FIELDS && judged[at]?.id !== ''),
    (at) => judged[at]?.id ?? '',
  );
  for (const [id, places] of groups) {
    if (places.length < 2) continue;
    const contents = new Set(places.map((at) => JSON.stringify(rows[at])));
    for (const at of contents.size === 1 ? places.slice(1) : places)
      judged[at] =
        contents.size === 1
          ? { verdict: 'duplicate', id }
          : { verdict: 'rejected', id, code: 'conflicting_duplicate' };
  }
  return judged;
}

function judgeStudent(row: Cells, date: string, isKnown: (id: string) => boolean): Judged {
  if (row.length !== STUDENT_FIELDS)
    return { verdict: 'rejected', id: ownerOf(row, 1, isKnown), code: 'field_count' };
  const [
    school = '',
    rawId = '',
    last = '',
    first = '',
    dob = '',
    gender = '',
    grade = '',
    status = '',
    ...rest
  ] = row;
  const id = rawId.trim();
  const rejected = (code: string): Judged => ({ verdict: 'rejected', id, code });
  if (id === '') return rejected('blank_id');
  if (status.trim() === '') return rejected('blank_status');
  const statusName = STATUSES.get(status.trim());
  if (statusName === undefined) return rejected('unknown_status');
  const birth = readDate(dob);
  const active = status.trim() === 'A';
  if (!active) {
    if (birth === undefined || birth > date) return rejected('bad_birth_date');
    if (!isOfAge(birth, date)) return { verdict: 'ineligible', id, reason: 'age' };
  }
  if (last.trim() === '') return rejected('required');
  if (dob.trim() === '') return rejected('required');
  if (birth === undefined) return rejected('bad_date');
  const genderName = GENDERS.get(gender.trim());
  if (genderName === undefined) return rejected('unknown_code');
  const [phone = '', locker = '', homeroom = ''] = rest;
  const values = [
    rawId,
    last.trim(),
    first,
    birth,
    genderName,
    school,
    grade,
    statusName,
    phone,
    locker,
    homeroom,
  ];
  values.push(String(schoolYear(date)));
  return { verdict: 'carried', id, values, active, school: school.trim(), grade: grade.trim() };
}

/** A stray comma moves the columns, yet the id of whom we know is nearly always among the cells. */
function ownerOf(row: Cells, place: number, isKnown: (id: string) => boolean): string {
  const inPlace = row[place]?.trim() ?? '';
  if (inPlace !== '' && isKnown(inPlace)) return inPlace;
  const found = new Set(
    row.map((cell) => cell.trim()).filter((cell) => cell.length >= SHORTEST_TELLING_ID && isKnown(cell)),
  );
  const [only = ''] = found;
  return found.size === 1 ? only : inPlace;
}

/** M/d/yyyy to yyyy-MM-dd; undefined where there is no such day. */
export function readDate(text: string): string | undefined {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (!match) return undefined;
  const [, month = '', day = '', year = ''] = match;
  const instant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const date = instant.toISOString().slice(0, 10);
  return date === `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` ? date : undefined;
}

function schoolYear(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '07-01' ? year : year - 1;
}

/** Five to twenty-one completed years on September 1 of the running school year. */
function isOfAge(birth: string, date: string): boolean {
  const years = schoolYear(date) - Number(birth.slice(0, 4)) - (birth.slice(5) > '09-01' ? 1 : 0);
  return years >= 5 && years <= 21;
}

/** What the students of the drop are to their contacts: no id of this map is in the file. */
export type StudentFates = ReadonlyMap<string, Judged['verdict'] | 'held'>;

export function judgeContacts(
  rows: readonly Cells[],
  students: StudentFates,
  isKnown: (id: string) => boolean,
): Judged[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (row.length !== CONTACT_FIELDS)
      return { verdict: 'rejected', id: ownerOf(row, 0, isKnown), code: 'field_count' };
    const content = JSON.stringify(row);
    const id = row[0]?.trim() ?? '';
    if (seen.has(content)) return { verdict: 'duplicate', id };
    seen.add(content);
    return judgeContact(row, id, students);
  });
}

function judgeContact(row: Cells, id: string, students: StudentFates): Judged {
  const [student = '', contact = '', name = '', relation = '', phone = '', email = '', priority = ''] = row;
  if (id === '') return { verdict: 'rejected', id, code: 'blank_id' };
  if (name.trim() === '') return { verdict: 'rejected', id, code: 'required' };
  const relationName = RELATIONS.get(relation.trim());
  if (relationName === undefined) return { verdict: 'rejected', id, code: 'unknown_code' };
  const fate = students.get(id);
  if (fate === undefined) return { verdict: 'rejected', id, code: 'orphan' };
  if (fate !== 'carried') return { verdict: 'ineligible', id, reason: 'student_not_carried' };
  const values = [student, contact, name, relationName, phone, email, priority];
  return { verdict: 'carried', id, values, active: true, school: '', grade: '' };
}
