/** What a written district contains, counted while it is written: the answers that a run must come to. */
import type { FindingCode } from '../vocabulary/finding.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';
import type { Flaw } from './fate.ts';

/** What sampleConfig and sampleMappings must make of a file. */
export interface ExpectedBooks {
  read: number;
  rejected: number;
  duplicate: number;
  ineligible: number;
  carried: number;
  rejectedBy: Partial<Record<FindingCode, number>>;
  ineligibleBy: Partial<Record<IneligibleReason, number>>;
}

/** What night 1 must be found to be against a delivered night 0. */
export interface ExpectedChanges {
  created: number;
  updated: number;
  unchanged: number;
  transferred: number;
  promoted: number;
  deactivated: number;
  removedAbsent: number;
  removedIneligible: number;
  /** Delivered on night 0, broken on night 1. */
  carriedForward: number;
}

export interface StudentContents {
  rows: number;
  bytes: number;
  /** Rows with at least one quoted field. */
  quotedRows: number;
  /** Sound rows, by status and age; the first rows of exact duplicates are among them. */
  active: number;
  inactiveOfAge: number;
  inactiveTooOld: number;
  inactiveTooYoung: number;
  /** Rows by what is wrong with them: both rows of a conflict, the second of a duplicate. */
  flaws: Record<Exclude<Flaw, 'none'>, number>;
  expected: ExpectedBooks;
}

export interface ContactContents {
  rows: number;
  bytes: number;
  /** Rows of students who are not in the students file. */
  orphans: number;
  expected: ExpectedBooks;
}

export interface DistrictContents {
  students: StudentContents;
  contacts: ContactContents;
  /** On night 1 only. */
  changes?: ExpectedChanges;
}

export function emptyContents(night: 0 | 1): DistrictContents {
  return {
    students: {
      rows: 0,
      bytes: 0,
      quotedRows: 0,
      active: 0,
      inactiveOfAge: 0,
      inactiveTooOld: 0,
      inactiveTooYoung: 0,
      flaws: {
        short_row: 0,
        long_row: 0,
        blank_id: 0,
        unknown_status: 0,
        blank_status: 0,
        impossible_birth_date: 0,
        blank_birth_date: 0,
        unknown_gender: 0,
        exact_duplicate: 0,
        conflicting_duplicate: 0,
      },
      expected: emptyBooks(),
    },
    contacts: { rows: 0, bytes: 0, orphans: 0, expected: emptyBooks() },
    ...(night === 1 ? { changes: noChanges() } : {}),
  };
}

function emptyBooks(): ExpectedBooks {
  return {
    read: 0,
    rejected: 0,
    duplicate: 0,
    ineligible: 0,
    carried: 0,
    rejectedBy: {},
    ineligibleBy: {},
  };
}

function noChanges(): ExpectedChanges {
  return {
    created: 0,
    updated: 0,
    unchanged: 0,
    transferred: 0,
    promoted: 0,
    deactivated: 0,
    removedAbsent: 0,
    removedIneligible: 0,
    carriedForward: 0,
  };
}
