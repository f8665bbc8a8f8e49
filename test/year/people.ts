/** The people of the scripted district, and who they are before anything happens to them. */
import type { Dice } from './dice.ts';

export interface Student {
  id: string;
  last: string;
  first: string;
  /** yyyy-MM-dd */
  birth: string;
  gender: string;
  school: string;
  /** 0 is Kindergarten. */
  grade: number;
  status: 'A' | 'I' | 'W' | 'G';
  phone: string;
  locker: string;
  homeroom: string;
  contacts: Contact[];
  /** No row of the extract has the student. */
  isGone: boolean;
  /** The night of the return of one who left. */
  backOn: number | undefined;
  /** Cells that the front office left blank, until the night. */
  blanks: Map<BlankCell, number>;
}

export type BlankCell = 'phone' | 'locker' | 'homeroom' | 'school' | 'grade';

export interface Contact {
  id: string;
  name: string;
  relation: string;
  phone: string;
  email: string;
  priority: string;
  /** The phone is blank in the extract until the night. */
  phoneBlankUntil: number;
}

export const ELEMENTARY = ['101', '102', '103', '104', '105', '106'] as const;
export const MIDDLE = ['201', '202', '203'] as const;
export const HIGH = ['301', '302', '303'] as const;
const LAST_GRADE = 12;

const STARTS = 'Al Bar Cor Dan Es Fer Gar Hol Ibar Jen Kow Lam Mor Nov Ort Pal Quin Ros San Tor'.split(' ');
const MIDDLES = 'a e i o u an en il or ar es in'.split(' ');
const ENDS = 'dez son ski ton man ley berg ini eau mura tova quez field ward sen'.split(' ');
const FIRST =
  'Ana Ben Cleo Dan Eva Finn Gus Hana Ivy Jon Kim Lea Max Nora Omar Pia Quin Rosa Sam Tia Uma Vic Wes Yara'.split(
    ' ',
  );
const RELATIONS = ['M', 'F', 'G'] as const;

export interface Registrar {
  /** A student who starts today, in that grade; `isAdult` is too old to attend. */
  enroll(grade: number, isAdult: boolean): Student;
  /** Another person for the student to call. */
  addContact(student: Student): Contact;
  phone(): string;
  surname(): string;
}

/** @param prefix the first digit of every id; two districts have different ones. */
export function openRegistrar(dice: Dice, options: { prefix: number; mark?: string }): Registrar {
  let students = 0;
  let contacts = 0;
  const phone = () => `555-${pad(dice.below(1000), 3)}-${pad(dice.below(10_000), 4)}`;
  const surname = () =>
    `${options.mark ?? ''}${dice.pick(STARTS)}${dice.pick(MIDDLES)}${dice.pick(ENDS)}${dice.chance(0.05) ? ' de la Cruz' : ''}`;
  const addContact = (student: Student): Contact => {
    const number = ++contacts;
    const contact = {
      id: `C${options.prefix}${pad(number, 6)}`,
      name: dice.chance(0.05)
        ? `${student.last}, ${dice.pick(FIRST)} ${number}`
        : `${dice.pick(FIRST)} ${surname()} ${number}`,
      relation: dice.pick(RELATIONS),
      phone: `${phone()}-${number}`,
      email: `c${number}@home.example`,
      priority: String(student.contacts.length + 1),
      phoneBlankUntil: 0,
    };
    student.contacts.push(contact);
    return contact;
  };
  return {
    phone,
    surname,
    addContact,
    enroll(grade, isAdult) {
      const student: Student = {
        id: `${options.prefix}${pad(++students, 6)}`,
        last: surname(),
        first: dice.pick(FIRST),
        birth: birthOf(dice, grade, isAdult),
        gender: dice.pick(['M', 'F', 'X']),
        school: schoolFor(dice, grade),
        grade,
        status: 'A',
        phone: phone(),
        locker: `L${dice.below(900) + 100}`,
        homeroom: dice.chance(0.1) ? `Room "${dice.below(90)}", upstairs` : `Room ${dice.below(90)}`,
        contacts: [],
        isGone: false,
        backOn: undefined,
        blanks: new Map(),
      };
      for (let left = 1 + dice.below(3); left > 0; left--) addContact(student);
      return student;
    },
  };
}

export function schoolFor(dice: Dice, grade: number): string {
  if (grade <= 5) return dice.pick(ELEMENTARY);
  return grade <= 8 ? dice.pick(MIDDLE) : dice.pick(HIGH);
}

export function isLastGrade(grade: number): boolean {
  return grade >= LAST_GRADE;
}

/** Five in Kindergarten in the autumn of 2026, a year more each grade; an adult is beyond 21. */
function birthOf(dice: Dice, grade: number, isAdult: boolean): string {
  const year = isAdult ? 2003 - dice.below(3) : 2020 - grade;
  return `${year}-${pad(dice.below(12) + 1, 2)}-${pad(dice.below(28) + 1, 2)}`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
