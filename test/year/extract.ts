/** What the information system of the district writes of its people on one night, broken rows and all. */
import type { Dice } from './dice.ts';
import type { Contact, Student } from './people.ts';

export const STUDENT_COLUMNS = [
  'School',
  'Student_Number',
  'Last',
  'First',
  'DOB',
  'Gender',
  'Grade',
  'Status',
  'Phone',
  'Locker',
  'Homeroom',
] as const;
export const CONTACT_COLUMNS = [
  'Student_Number',
  'Contact_ID',
  'Name',
  'Relation',
  'Phone',
  'Email',
  'Priority',
] as const;

export type Cells = readonly string[];

/** The rows of both files, without their headers. */
export interface Extract {
  students: Cells[];
  contacts: Cells[];
}

export type Flaw =
  | 'short_row'
  | 'long_row'
  | 'shifted_row'
  | 'impossible_birth_date'
  | 'blank_birth_date'
  | 'unknown_status'
  | 'blank_status'
  | 'unknown_gender'
  | 'blank_last_name'
  | 'blank_id'
  | 'twice'
  | 'twice_and_different'
  | 'three_times';
export type ContactFlaw = 'blank_name' | 'unknown_relation' | 'short_row' | 'twice';

const FLAWS: readonly Flaw[] = [
  'short_row',
  'long_row',
  'shifted_row',
  'impossible_birth_date',
  'blank_birth_date',
  'unknown_status',
  'blank_status',
  'unknown_gender',
  'blank_last_name',
  'blank_id',
  'twice',
  'twice_and_different',
  'three_times',
];
const CONTACT_FLAWS: readonly ContactFlaw[] = ['blank_name', 'unknown_relation', 'short_row', 'twice'];

export interface Flaws {
  students: Map<string, Flaw>;
  /** By the id of the contact. */
  contacts: Map<string, ContactFlaw>;
}

export interface FlawOptions {
  dice: Dice;
  /** Rows in a thousand, of students who were there before. */
  rate: number;
  arrived: ReadonlySet<string>;
  /** Whose contacts changed tonight: a broken row beside that would be a guess about who is who. */
  untouchable: ReadonlySet<string>;
}

/** Which rows break tonight; some break again the night after. */
export function drawFlaws(everybody: readonly Student[], before: Flaws, options: FlawOptions): Flaws {
  const { dice, rate, arrived, untouchable } = options;
  const flaws: Flaws = { students: new Map(), contacts: new Map() };
  for (const [id, flaw] of before.students) if (dice.chance(0.3)) flaws.students.set(id, flaw);
  for (const id of arrived) if (dice.chance(0.08)) flaws.students.set(id, dice.pick(FLAWS));
  for (let left = dice.times((rate / 1000) * everybody.length); left > 0; left--) {
    flaws.students.set(dice.pick(everybody).id, dice.pick(FLAWS));
    const student = dice.pick(everybody);
    if (untouchable.has(student.id) || student.contacts.length === 0) continue;
    flaws.contacts.set(dice.pick(student.contacts).id, dice.pick(CONTACT_FLAWS));
  }
  return flaws;
}

export function writeExtract(everybody: readonly Student[], flaws: Flaws, night: number): Extract {
  const extract: Extract = { students: [], contacts: [] };
  for (const student of everybody) {
    extract.students.push(...breakRow(rowOf(student, night), flaws.students.get(student.id)));
    extract.contacts.push(...contactRows(student, flaws, night));
  }
  return extract;
}

export function contactRows(student: Student, flaws: Flaws, night: number): Cells[] {
  return student.contacts.flatMap((contact) =>
    breakContact(contactRow(student.id, contact, night), flaws.contacts.get(contact.id)),
  );
}

function rowOf(student: Student, night: number): string[] {
  const { blanks } = student;
  const shown = (cell: Parameters<typeof blanks.get>[0], value: string) =>
    (blanks.get(cell) ?? 0) > night ? '' : value;
  const [year = '', month = '', day = ''] = student.birth.split('-');
  return [
    shown('school', student.school),
    student.id,
    student.last,
    student.first,
    `${Number(month)}/${Number(day)}/${year}`,
    student.gender,
    shown('grade', String(student.grade)),
    student.status,
    shown('phone', student.phone),
    shown('locker', student.locker),
    shown('homeroom', student.homeroom),
  ];
}

function contactRow(studentId: string, contact: Contact, night: number): string[] {
  const phone = contact.phoneBlankUntil > night ? '' : contact.phone;
  return [studentId, contact.id, contact.name, contact.relation, phone, contact.email, contact.priority];
}

function breakRow(row: string[], flaw: Flaw | undefined): string[][] {
  const change = (at: number, value: string) => [row.with(at, value)];
  switch (flaw) {
    case undefined:
      return [row];
    case 'short_row':
      return [row.slice(0, 9)];
    case 'long_row':
      return [row.toSpliced(4, 0, 'Jr.')];
    case 'shifted_row':
      return [['', ...row]];
    case 'impossible_birth_date':
      return change(4, '2/30/2015');
    case 'blank_birth_date':
      return change(4, '');
    case 'unknown_status':
      return change(7, 'Z');
    case 'blank_status':
      return change(7, '');
    case 'unknown_gender':
      return change(5, 'Q');
    case 'blank_last_name':
      return change(2, ' ');
    case 'blank_id':
      return change(1, '');
    case 'twice':
      return [row, [...row]];
    case 'twice_and_different':
      return [row, row.with(10, 'Elsewhere')];
    case 'three_times':
      return [row, [...row], row.with(3, 'Somebody')];
  }
}

function breakContact(row: string[], flaw: ContactFlaw | undefined): string[][] {
  switch (flaw) {
    case undefined:
      return [row];
    case 'blank_name':
      return [row.with(2, '')];
    case 'unknown_relation':
      return [row.with(3, '?')];
    case 'short_row':
      return [row.slice(0, 5)];
    case 'twice':
      return [row, [...row]];
  }
}

/** As the files lie in the drop. */
export function csvOf(columns: Cells, rows: readonly Cells[]): string {
  const lines = rows.map(lineOf);
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function lineOf(row: Cells): string {
  const plain = row.join(',');
  if (!plain.includes('"') && plain.split(',').length === row.length) return plain;
  return row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
