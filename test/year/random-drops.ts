/** Small drops by chance, for properties: a handful of students to whom everything may happen at once. */
import fc from 'fast-check';
import { type Cells, CONTACT_COLUMNS, csvOf, STUDENT_COLUMNS } from './extract.ts';
import type { DropOf } from './year-model.ts';
import { connectionText, type YearSettings } from './year-settings.ts';

const blankOr = (...values: string[]) => fc.constantFrom('', ...values);
const IDS = ['4001', '4002', '4003', '4004', '4005', '4006'];

const studentRow = fc
  .record({
    school: blankOr('101', '102', '101'),
    id: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...IDS) },
      { weight: 1, arbitrary: fc.constant('') },
    ),
    last: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('Lee', 'O"Hara, Jr.') },
      { weight: 1, arbitrary: fc.constant(' ') },
    ),
    dob: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('5/1/2015', '5/2/2015', '5/1/2001') },
      { weight: 1, arbitrary: fc.constantFrom('2/30/2015', '') },
    ),
    gender: fc.oneof(
      { weight: 20, arbitrary: blankOr('M', 'F') },
      { weight: 1, arbitrary: fc.constant('?') },
    ),
    grade: blankOr('4', '5', '6'),
    status: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('A', 'A', 'W') },
      { weight: 1, arbitrary: blankOr('Z') },
    ),
    phone: blankOr('555', '556'),
    locker: blankOr('L1', 'L2'),
  })
  .map(({ school, id, last, dob, gender, grade, status, phone, locker }): string[] => [
    ...[school, id, last, `Ann${id}`, dob, gender, grade, status, phone, locker],
    'Room 1',
  ]);

/** Some rows with a cell too few or too many, some twice. */
const studentRows = fc.array(fc.tuple(studentRow, fc.nat(20)), { maxLength: 7 }).map((rows) =>
  rows.flatMap(([row, fate]): Cells[] => {
    if (fate === 0) return [row.slice(0, 9)];
    if (fate === 1) return [['', ...row]];
    return fate === 2 ? [row, [...row]] : [row];
  }),
);

/** A contact is of one student, and at most one field of it is another one from night to night. */
const contactRows = fc
  .uniqueArray(
    fc.record({
      number: fc.nat(11),
      phone: blankOr('p', 'q'),
      isNamed: fc.integer({ min: 0, max: 9 }),
      times: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: ({ number }) => number, maxLength: 9 },
  )
  .map((contacts) =>
    contacts.flatMap(({ number, phone, isNamed, times }): Cells[] => {
      const student = IDS[number % IDS.length] ?? '';
      const own = `${number}-`;
      const row = [
        student,
        `C${number}`,
        isNamed === 0 ? '' : `Mum ${own}`,
        'M',
        phone && own + phone,
        `${own}@`,
        own,
      ];
      return times === 0 ? [row, [...row]] : [row];
    }),
  );

export const aDrop: fc.Arbitrary<DropOf> = fc
  .record({ students: studentRows, contacts: contactRows })
  .map((rows) => dropOf(rows.students, rows.contacts));

export function dropOf(students: readonly Cells[], contacts: readonly Cells[]): DropOf {
  const files = {
    'students.csv': csvOf(STUDENT_COLUMNS, students),
    'contacts.csv': csvOf(CONTACT_COLUMNS, contacts),
  };
  return { date: '2026-11-22', students: [...students], contacts: [...contacts], files };
}

export const someSettings: fc.Arbitrary<YearSettings> = fc.record({
  deliver: fc.constantFrom('full', 'changes'),
  removed: fc.constantFrom('report', 'deactivate'),
  rejected: fc.constantFrom('carry_forward', 'leave_out'),
  reactivate: fc.constantFrom('hold', 'send', 'keep_inactive'),
});

/** Nothing is ever held: in so small a drop everything is a breach. */
export function boundless(settings: YearSettings): string {
  return connectionText(settings).replace(
    /safeguards:\n.*\n/,
    `safeguards: { min_rows: 0, school_gone: off, ${[
      'rejected',
      'removed',
      'created',
      'updated',
      'size_change',
    ]
      .map((limit) => `max_${limit}: 100000`)
      .join(', ')} }\n`,
  );
}
