/** Where one student stands on one night: status, grade, school and birth, such that they fit together. */
import { dayNumber } from './days.ts';
import { PURPOSE, roll } from './dice.ts';
import type { DistrictPlan } from './district.ts';
import { type Event, type Flaw, fateOf } from './fate.ts';
import { eldestOf, isTwin } from './household.ts';

/** The codes of Enroll_Status in PowerSchool. */
export const STATUS = {
  preEnrolled: '-1',
  active: '0',
  inactive: '1',
  transferredOut: '2',
  graduated: '3',
  historical: '4',
} as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];

export interface Student {
  /** False where the extract of this night has no row. */
  present: boolean;
  flaw: Flaw;
  event: Event;
  eldest: number;
  status: Status;
  /** -1 is the year before kindergarten, 0 kindergarten. */
  grade: number;
  school: number;
  /** Completed years on September 1 of the running school year. */
  age: number;
  /** Day numbers, as days.ts counts. */
  birthDay: number;
  entryDay: number;
  exitDay: number | undefined;
}

export function studentOf(plan: DistrictPlan, index: number, night: 0 | 1): Student {
  const { seed } = plan;
  const { flaw, event, mustBeActive } = fateOf(plan, index, night);
  const eldest = eldestOf(seed, index);
  const born = mustBeActive ? STATUS.active : statusOf(seed, index);
  const { grade, pastYears } = gradeOf(plan, index, eldest, born);
  const elderTwin = elderTwinOf(seed, index);
  const retained = pastYears === 0 && roll(seed, PURPOSE.retained, elderTwin, 100) < 7 ? 1 : 0;
  const age = grade + 5 + pastYears + retained;
  const promoted = event === 'promoted' && staysAtLevel(grade);
  const happens = night === 1 ? event : 'none';
  const leaves = happens === 'deactivated';
  return {
    present: isPresent(plan, index, night, event),
    flaw,
    event: event === 'promoted' && !promoted ? 'none' : event,
    eldest,
    status: leaves ? STATUS.transferredOut : born,
    grade: happens === 'promoted' && promoted ? grade + 1 : grade,
    school: schoolOf(plan, eldest, grade, happens === 'transferred' ? 1 : 0),
    age,
    birthDay: dayNumber(plan.schoolYear - age, 9, 1) - roll(seed, PURPOSE.birth, elderTwin, 365),
    entryDay: index >= plan.students ? plan.businessDay : entryDayOf(plan, index, grade, pastYears),
    exitDay: leaves ? plan.businessDay : exitDayOf(plan, index, born, pastYears),
  };
}

function isPresent(plan: DistrictPlan, index: number, night: 0 | 1, event: Event): boolean {
  if (night === 0) return index < plan.students;
  return event !== 'gone';
}

function statusOf(seed: number, index: number): Status {
  const share = roll(seed, PURPOSE.status, index, 1000);
  if (share < 800) return STATUS.active;
  if (share < 825) return STATUS.preEnrolled;
  if (share < 855) return STATUS.inactive;
  if (share < 910) return STATUS.transferredOut;
  return share < 980 ? STATUS.graduated : STATUS.historical;
}

interface Grade {
  /** The last one that the student was in, or the one that comes. */
  grade: number;
  /** How long ago that was; -1 for a child that comes next year. */
  pastYears: number;
}

/** Siblings are three grades apart, so that no two of a home are born within a few months; twins share the grade. */
function gradeOf(plan: DistrictPlan, index: number, eldest: number, status: Status): Grade {
  const { seed } = plan;
  let births = 0;
  for (let sibling = eldest + 1; sibling <= index; sibling++) if (!isTwin(seed, sibling)) births++;
  const grade = ((roll(seed, PURPOSE.grade, eldest, 14) + 3 * births) % 14) - 1;
  const past = (most: number) => 1 + roll(seed, PURPOSE.pastYears, index, most);
  switch (status) {
    case STATUS.active:
      return { grade, pastYears: 0 };
    case STATUS.preEnrolled:
      return index % 2 === 0 ? { grade, pastYears: 0 } : { grade: 0, pastYears: -1 };
    case STATUS.inactive:
      return { grade, pastYears: 1 };
    case STATUS.transferredOut:
      return { grade, pastYears: past(6) };
    case STATUS.graduated:
      return { grade: 12, pastYears: past(12) };
    case STATUS.historical:
      return { grade, pastYears: 5 + past(20) };
  }
}

function elderTwinOf(seed: number, index: number): number {
  let elder = index;
  while (isTwin(seed, elder)) elder--;
  return elder;
}

/** Going up from the last grade of a school is a change of school as well. */
function staysAtLevel(grade: number): boolean {
  return grade !== 5 && grade !== 8 && grade !== 12;
}

/** 101 and up are elementary schools, 201 and up middle schools, 301 and up high schools. */
function schoolOf(plan: DistrictPlan, eldest: number, grade: number, shift: 0 | 1): number {
  const { elementary, middle, high } = plan.schools;
  const [base, count] = grade <= 5 ? [101, elementary] : grade <= 8 ? [201, middle] : [301, high];
  return base + ((roll(plan.seed, PURPOSE.school, eldest, count) + shift) % count);
}

/** The first day of a school year, or a day in its course. */
function entryDayOf(plan: DistrictPlan, index: number, grade: number, pastYears: number): number {
  const yearsThere = Math.max(0, Math.min(grade, roll(plan.seed, PURPOSE.entry, index, 4)));
  const inCourse = yearsThere > 0 && roll(plan.seed, PURPOSE.entryCourse, index, 100) < 20;
  const day = dayNumber(plan.schoolYear - pastYears - yearsThere, 8, 26);
  return inCourse ? day + roll(plan.seed, PURPOSE.entryDay, index, 280) : day;
}

/** Graduates leave in June; others at any time of their last school year. Day 20 and later: never before the entry. */
function exitDayOf(plan: DistrictPlan, index: number, status: Status, pastYears: number): number | undefined {
  if (status === STATUS.active || status === STATUS.preEnrolled) return undefined;
  const lastYear = plan.schoolYear - pastYears;
  if (status === STATUS.graduated) return dayNumber(lastYear + 1, 6, 14);
  return dayNumber(lastYear, 8, 26) + 20 + roll(plan.seed, PURPOSE.exit, index, 270);
}
