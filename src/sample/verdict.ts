/** What must become of a student's row, told from how the row was made: the answer that tests hold a run against. */
import type { FindingCode } from '../vocabulary/finding.ts';
import type { ExpectedBooks, ExpectedChanges } from './contents.ts';
import type { DistrictPlan } from './district.ts';
import type { Flaw } from './fate.ts';
import { moves } from './household.ts';
import { STATUS, type Student, studentOf } from './student.ts';

/** The limits that sampleConfig states. */
export const MIN_AGE = 5;
export const MAX_AGE = 21;

export type ExpectedVerdict = 'absent' | 'rejected' | 'ineligible' | 'carried';

export function verdictOf(student: Student): ExpectedVerdict {
  if (!student.present) return 'absent';
  if (student.flaw !== 'none' && student.flaw !== 'exact_duplicate') return 'rejected';
  return student.status === STATUS.active || isOfAge(student) ? 'carried' : 'ineligible';
}

export function isOfAge(student: Student): boolean {
  return student.age >= MIN_AGE && student.age <= MAX_AGE;
}

const CODE_OF_FLAW: Record<Exclude<Flaw, 'none' | 'exact_duplicate'>, FindingCode> = {
  short_row: 'field_count',
  long_row: 'field_count',
  blank_id: 'blank_id',
  unknown_status: 'unknown_status',
  blank_status: 'blank_status',
  impossible_birth_date: 'bad_birth_date',
  blank_birth_date: 'bad_birth_date',
  unknown_gender: 'unknown_code',
  conflicting_duplicate: 'conflicting_duplicate',
};

/** The code that a broken row is rejected with. Where the student is active the age decides nothing: the mapping refuses the date. */
function codeOf(student: Student, flaw: Exclude<Flaw, 'none' | 'exact_duplicate'>): FindingCode {
  if (student.status === STATUS.active && flaw === 'impossible_birth_date') return 'bad_date';
  if (student.status === STATUS.active && flaw === 'blank_birth_date') return 'required';
  return CODE_OF_FLAW[flaw];
}

/** Enters the rows of one student: two of a doubled one. */
export function enterStudent(books: ExpectedBooks, student: Student): void {
  const { flaw } = student;
  const doubled = flaw === 'exact_duplicate' || flaw === 'conflicting_duplicate';
  books.read += doubled ? 2 : 1;
  if (flaw === 'exact_duplicate') books.duplicate++;
  switch (verdictOf(student)) {
    case 'carried':
      books.carried++;
      break;
    case 'ineligible':
      books.ineligible++;
      add(books.ineligibleBy, 'age', 1);
      break;
    case 'rejected':
      if (flaw === 'none' || flaw === 'exact_duplicate') break;
      books.rejected += doubled ? 2 : 1;
      add(books.rejectedBy, codeOf(student, flaw), doubled ? 2 : 1);
      break;
    case 'absent':
      break;
  }
}

/** Enters what became of a student between night 0 and night 1. */
export function enterChange(changes: ExpectedChanges, plan: DistrictPlan, index: number, now: Student): void {
  const known = index < plan.students && verdictOf(studentOf(plan, index, 0)) === 'carried';
  const verdict = verdictOf(now);
  if (!known) {
    if (verdict === 'carried') changes.created++;
  } else if (verdict === 'absent') changes.removedAbsent++;
  else if (verdict === 'ineligible') changes.removedIneligible++;
  else if (verdict === 'rejected') changes.carriedForward++;
  else changes[changeOf(plan, now)]++;
}

function changeOf(plan: DistrictPlan, now: Student): keyof ExpectedChanges {
  if (now.event === 'deactivated' || now.event === 'transferred' || now.event === 'promoted')
    return now.event;
  return now.event === 'new_phone' || moves(plan, now.eldest) ? 'updated' : 'unchanged';
}

export function add<K extends string>(counts: Partial<Record<K, number>>, key: K, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}
