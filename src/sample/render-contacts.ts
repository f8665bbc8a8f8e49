/** The contacts extract: one to three adults for each student; siblings have the same ones. */
import type { DistrictContents } from './contents.ts';
import { joinFields } from './csv-text.ts';
import { PURPOSE, roll } from './dice.ts';
import type { DistrictPlan } from './district.ts';
import { type Household, householdOf, phoneOf, pick, writePhone } from './household.ts';
import type { Name } from './names.ts';
import { type Student, studentOf } from './student.ts';
import { studentNumber } from './student-row.ts';
import { add, verdictOf } from './verdict.ts';

export const CONTACT_COLUMNS = [
  'Student_Number',
  'Contact_ID',
  'Contact_Name_Last',
  'Contact_Name_First',
  'Relationship',
  'Priority',
  'Phone',
  'Email',
  'Lives_With',
  'Pickup',
] as const;

const PIECE_CHARACTERS = 1 << 18;
const PARENTS = ['Mother', 'Father', 'Guardian'];
const OTHERS = ['Grandmother', 'Grandfather', 'Aunt', 'Uncle', 'Neighbor'];
/** Numbers that no student of the district has: planDistrict allows fewer. */
const NOBODY = 8_500_000;

/** Pieces of about 256 Ki characters, header first; counts into `contents` what they hold. */
export function* renderContacts(plan: DistrictPlan, contents: DistrictContents): Generator<string> {
  let piece = joinFields(CONTACT_COLUMNS, plan.delimiter) + plan.eol;
  const total = plan.students + (plan.night === 1 ? plan.newcomers : 0);
  for (let index = 0; index < total; index++) {
    const student = studentOf(plan, index, plan.night);
    if (!hasContacts(student)) continue;
    const household = householdOf(plan, student.eldest, plan.night);
    const count = 1 + roll(plan.seed, PURPOSE.contacts, student.eldest, 3);
    const number = studentNumber(plan, index);
    for (let priority = 1; priority <= count; priority++)
      piece += writeContact(plan, number, student.eldest, household, priority);
    enter(contents, student, count);
    if (isOrphanAfter(plan, index)) {
      piece += writeContact(plan, studentNumber(plan, NOBODY + (index % 400_000)), index, household, 1);
      enterOrphan(contents);
    }
    if (piece.length >= PIECE_CHARACTERS) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** Where the students file has no trustworthy id of the student, nobody could say what a contact of theirs is. */
function hasContacts({ present, flaw }: Student): boolean {
  return present && flaw !== 'blank_id' && flaw !== 'short_row' && flaw !== 'long_row';
}

/** A contact of a student who left long ago and was never cleared away. */
function isOrphanAfter(plan: DistrictPlan, index: number): boolean {
  return plan.mess === 'realistic' && roll(plan.seed, PURPOSE.orphan, index, 1000) < 2;
}

function writeContact(
  plan: DistrictPlan,
  number: string,
  eldest: number,
  household: Household,
  priority: number,
): string {
  const { seed } = plan;
  // Each adult has a number of their own, of which the name, the phone and the rest are drawn.
  const adult = eldest * 4 + priority;
  const parent = priority < 3;
  const relationship = parent
    ? (PARENTS[relationOf(seed, eldest, priority)] ?? '')
    : pick(OTHERS, seed, PURPOSE.relationship, adult);
  const girl = relationship === 'Mother' || relationship === 'Grandmother' || relationship === 'Aunt';
  const last = lastNameOf(plan, adult, parent, household);
  const first = pick(girl ? plan.names.girls : plan.names.boys, seed, PURPOSE.contactName, adult);
  const custody = roll(seed, PURPOSE.custody, adult, 100);
  const mail = roll(seed, PURPOSE.contactEmail, adult, 100);
  const address = `${first.slug}.${last.slug}${adult % 1000}@mail.example.org`;
  const style = roll(seed, PURPOSE.phoneStyle, adult, 100);
  return (
    joinFields(
      [
        number,
        `C${String(adult).padStart(8, '0')}`,
        last.text,
        first.text,
        relationship,
        String(priority),
        writePhone(priority === 1 ? household.phone : phoneOf(seed, PURPOSE.contactPhone, adult), style),
        mail < 12 ? '' : mail < 18 ? address.toUpperCase() : address,
        parent && custody < 85 ? 'Y' : 'N',
        custody < 95 ? 'Y' : 'N',
      ],
      plan.delimiter,
    ) + plan.eol
  );
}

/** The two parents of a home differ. */
function relationOf(seed: number, eldest: number, priority: number): number {
  const first = roll(seed, PURPOSE.relationship, eldest, 100) < 70 ? 0 : 1;
  return roll(seed, PURPOSE.custody, eldest, 100) < 6 ? 2 : priority === 1 ? first : 1 - first;
}

function lastNameOf(plan: DistrictPlan, adult: number, parent: boolean, household: Household): Name {
  const same = parent && roll(plan.seed, PURPOSE.contactName, adult + 1, 100) < 75;
  return same ? household.surname : pick(plan.names.surnames, plan.seed, PURPOSE.surname, adult);
}

function enter({ contacts }: DistrictContents, student: Student, count: number): void {
  const { expected } = contacts;
  contacts.rows += count;
  expected.read += count;
  if (verdictOf(student) === 'carried') {
    expected.carried += count;
    return;
  }
  expected.ineligible += count;
  add(expected.ineligibleBy, 'student_not_carried', count);
}

function enterOrphan({ contacts }: DistrictContents): void {
  contacts.rows++;
  contacts.orphans++;
  contacts.expected.read++;
  contacts.expected.rejected++;
  add(contacts.expected.rejectedBy, 'orphan', 1);
}
