/** What happens in a district from one night to the next, whatever becomes of it in the extract. */
import type { Dice } from './dice.ts';
import { type BlankCell, isLastGrade, type Registrar, type Student, schoolFor } from './people.ts';

export type Happening =
  | 'arrived'
  | 'left_absent'
  | 'left_inactive'
  | 'left_too_old'
  | 'dropped_inactive'
  | 'returned'
  | 'moved'
  | 'promoted'
  | 'demoted'
  | 'corrected'
  | 'blanked'
  | 'contact_added'
  | 'contact_dropped'
  | 'contact_changed';

/** Who it happened to, in the order in which it did; one student may stand there twice. */
export interface Truth {
  id: string;
  what: Happening;
}

export interface District {
  students: Map<string, Student>;
  /** Lets a night pass. */
  live(night: number): Truth[];
  /** Everybody goes up a grade, the last grade graduates, a new Kindergarten starts. */
  promoteAll(): Truth[];
}

export interface DistrictOptions {
  dice: Dice;
  registrar: Registrar;
  students: number;
  /** 1 is the pace of 260 nights a year; with fewer nights more happens in each. */
  pace: number;
}

/** How many of a thousand students a night, at pace 1. */
const RATES = {
  arrived: 1.2,
  left: 1.2,
  dropped_inactive: 0.3,
  moved: 1,
  promoted: 0.3,
  demoted: 0.1,
  corrected: 4,
  blanked: 2,
  contact: 4,
} as const;
const ADULTS = 0.02;

export function foundDistrict(options: DistrictOptions): District {
  const { dice, registrar } = options;
  const students = new Map<string, Student>();
  const enroll = (grade: number, isAdult: boolean) => {
    const student = registrar.enroll(grade, isAdult);
    students.set(student.id, student);
    return student;
  };
  for (let count = 0; count < options.students; count++) {
    const isAdult = dice.chance(ADULTS);
    enroll(isAdult ? 12 : dice.below(13), isAdult);
  }
  const life: Life = { ...options, students, enroll };
  return {
    students,
    live: (night) => [...welcomeBack(life, night), ...liveOneNight(life, night)],
    promoteAll: () => promoteAll(life),
  };
}

interface Life extends Omit<DistrictOptions, 'students'> {
  students: Map<string, Student>;
  enroll(grade: number, isAdult: boolean): Student;
}

function welcomeBack({ students, dice, registrar }: Life, night: number): Truth[] {
  const truth: Truth[] = [];
  for (const student of students.values()) {
    if (student.backOn !== night) continue;
    student.backOn = undefined;
    student.isGone = false;
    // Some are back in the extract before they are back at school.
    student.status = dice.chance(0.1) ? 'W' : 'A';
    if (dice.chance(0.3)) student.phone = registrar.phone();
    truth.push({ id: student.id, what: 'returned' });
  }
  return truth;
}

function liveOneNight(life: Life, night: number): Truth[] {
  const { dice, pace } = life;
  const everybody = [...life.students.values()].filter((one) => !one.isGone);
  const active = everybody.filter((one) => one.status === 'A');
  const inactive = everybody.filter((one) => one.status !== 'A');
  const truth: Truth[] = [];
  const touched = new Set<Student>();
  const happen = (rate: number, among: readonly Student[], what: (student: Student) => Happening) => {
    for (let left = dice.times((rate / 1000) * pace * everybody.length); left > 0; left--) {
      if (among.length === 0) return;
      const student = dice.pick(among);
      if (touched.has(student)) continue;
      touched.add(student);
      truth.push({ id: student.id, what: what(student) });
    }
  };
  happen(RATES.left, active, (student) => leave(student, life, night));
  happen(RATES.left / 8, active.filter(isAdult), (student) => {
    student.status = 'I';
    return 'left_too_old';
  });
  happen(RATES.dropped_inactive, inactive, (student) => {
    student.isGone = true;
    if (dice.chance(0.5)) student.backOn = night + 1 + dice.below(8);
    return 'dropped_inactive';
  });
  happen(RATES.moved, active, (student) => {
    student.school = dice.pick(['101', '102', '103', '201', '202', '301', '302']);
    return 'moved';
  });
  happen(RATES.promoted, active, (student) => {
    student.grade = Math.min(12, student.grade + 1);
    return 'promoted';
  });
  happen(RATES.demoted, active, (student) => {
    student.grade = Math.max(0, student.grade - 1);
    return 'demoted';
  });
  happen(RATES.corrected, everybody, (student) => correct(student, life));
  happen(RATES.blanked, everybody, (student) => blank(student, life, night));
  happen(RATES.contact, everybody, (student) => changeContacts(student, life, night));
  for (let left = dice.times((RATES.arrived / 1000) * pace * everybody.length); left > 0; left--) {
    const isAdult = dice.chance(ADULTS);
    truth.push({ id: life.enroll(isAdult ? 12 : dice.below(13), isAdult).id, what: 'arrived' });
  }
  return truth;
}

function isAdult(student: Student): boolean {
  return student.birth < '2004';
}

function leave(student: Student, { dice }: Life, night: number): Happening {
  if (dice.chance(0.5)) student.backOn = night + 1 + dice.below(12);
  if (dice.chance(0.4)) {
    student.isGone = true;
    return 'left_absent';
  }
  student.status = dice.pick(['I', 'W']);
  return 'left_inactive';
}

function correct(student: Student, { dice, registrar }: Life): Happening {
  const what = dice.below(5);
  if (what === 0) student.last = registrar.surname();
  else if (what === 1)
    student.birth = `${student.birth.slice(0, 8)}${String(dice.below(28) + 1).padStart(2, '0')}`;
  else if (what === 2) student.homeroom = `Room ${dice.below(90)}`;
  else if (what === 3) student.gender = dice.pick(['M', 'F', 'X', '']);
  else student.phone = registrar.phone();
  return 'corrected';
}

const BLANKS: readonly BlankCell[] = ['phone', 'locker', 'homeroom', 'phone', 'locker', 'school', 'grade'];

function blank(student: Student, { dice }: Life, night: number): Happening {
  student.blanks.set(dice.pick(BLANKS), night + 1 + dice.below(4));
  return 'blanked';
}

function changeContacts(student: Student, { dice, registrar }: Life, night: number): Happening {
  const { contacts } = student;
  if (contacts.length === 0 || (contacts.length < 4 && dice.chance(0.2))) {
    registrar.addContact(student);
    return 'contact_added';
  }
  const contact = dice.pick(contacts);
  const what = dice.below(5);
  if (what === 0) {
    contacts.splice(contacts.indexOf(contact), 1);
    return 'contact_dropped';
  }
  if (what === 1) contact.phone = registrar.phone();
  else if (what === 2) contact.email = contact.email === '' ? `new-${contact.id}@home.example` : '';
  else if (what === 3) contact.phoneBlankUntil = night + 1 + dice.below(3);
  else contact.relation = dice.pick(['M', 'F', 'G']);
  return 'contact_changed';
}

function promoteAll({ students, dice, enroll }: Life): Truth[] {
  const truth: Truth[] = [];
  let kindergarten = 0;
  for (const student of students.values()) {
    if (student.isGone || student.status !== 'A') continue;
    if (student.grade === 0) kindergarten++;
    if (isLastGrade(student.grade)) {
      student.status = 'G';
      truth.push({ id: student.id, what: 'left_inactive' });
      continue;
    }
    student.grade++;
    if (student.grade === 6 || student.grade === 9) student.school = schoolFor(dice, student.grade);
    truth.push({ id: student.id, what: 'promoted' });
  }
  for (; kindergarten > 0; kindergarten--) truth.push({ id: enroll(0, false).id, what: 'arrived' });
  return truth;
}
