/** The students extract, piece by piece. */
import type { DistrictContents } from './contents.ts';
import { joinFields } from './csv-text.ts';
import type { DistrictPlan } from './district.ts';
import { STATUS, type Student, studentOf } from './student.ts';
import { STUDENT_COLUMNS, writeStudentRow } from './student-row.ts';
import { enterChange, enterStudent, isOfAge, MAX_AGE, verdictOf } from './verdict.ts';

const PIECE_CHARACTERS = 1 << 18;
/** A second row of a student stands up to so many students behind the first. */
const FARTHEST = 900;

/** Pieces of about 256 Ki characters, header first; counts into `contents` what they hold. */
export function* renderStudents(plan: DistrictPlan, contents: DistrictContents): Generator<string> {
  let piece = joinFields(STUDENT_COLUMNS, plan.delimiter) + plan.eol;
  const later: { index: number; after: number }[] = [];
  const take = (row: string) => {
    contents.students.rows++;
    if (row.includes('"')) contents.students.quotedRows++;
    piece += row;
  };
  const total = plan.students + (plan.night === 1 ? plan.newcomers : 0);
  for (let index = 0; index < total; index++) {
    const student = studentOf(plan, index, plan.night);
    enter(plan, contents, index, student);
    if (!student.present) continue;
    take(writeStudentRow(plan, index, student));
    if (student.flaw === 'exact_duplicate' || student.flaw === 'conflicting_duplicate')
      later.push({ index, after: index + ((index * 7) % FARTHEST) });
    while (later[0] && later[0].after <= index) take(secondRow(plan, later.shift()?.index ?? index));
    if (piece.length >= PIECE_CHARACTERS) {
      yield piece;
      piece = '';
    }
  }
  for (const { index } of later) take(secondRow(plan, index));
  yield piece;
}

function secondRow(plan: DistrictPlan, index: number): string {
  const student = studentOf(plan, index, plan.night);
  return writeStudentRow(plan, index, student, student.flaw === 'conflicting_duplicate');
}

function enter(plan: DistrictPlan, contents: DistrictContents, index: number, student: Student): void {
  const { students, changes } = contents;
  if (changes) enterChange(changes, plan, index, student);
  if (!student.present) return;
  enterStudent(students.expected, student);
  const { flaw } = student;
  if (flaw !== 'none') students.flaws[flaw] += flaw === 'conflicting_duplicate' ? 2 : 1;
  if (verdictOf(student) === 'rejected') return;
  if (student.status === STATUS.active) students.active++;
  else if (isOfAge(student)) students.inactiveOfAge++;
  else if (student.age > MAX_AGE) students.inactiveTooOld++;
  else students.inactiveTooYoung++;
}
