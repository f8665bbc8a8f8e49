import { compileEligibility, type Decision, type EligibilityContext } from '../../src/eligibility/decide.ts';
import { eligibilitySchema } from '../../src/eligibility/schema.ts';
import { compileDateReader } from '../../src/time/read-date.ts';
import { schoolYearOf } from '../../src/time/school-year.ts';
import type { ColumnFinder } from '../../src/vocabulary/row.ts';
import type { RunDay } from '../../src/vocabulary/run.ts';

/** A row by column name; a column that is left out is blank. */
export type SampleRow = Readonly<Record<string, string>>;

const HEADER = ['id', 'status', 'dob', 'school', 'SpEd', 'enrolledId', 'studentStatus', 'Enrollment_Date'];

export const find: ColumnFinder = (ref) => {
  const at =
    [ref]
      .flat()
      .map((name) => HEADER.indexOf(name))
      .find((index) => index >= 0) ?? -1;
  return (values) => values[at] ?? '';
};

export function valuesOf(row: SampleRow): string[] {
  return HEADER.map((name) => row[name] ?? '');
}

export function dayOf(date: string, starts = '07-01'): RunDay {
  return { date, time: '023000', schoolYear: schoolYearOf(date, starts) };
}

export interface SampleContext {
  today?: string;
  always?: readonly string[];
  never?: readonly string[];
  without?: readonly ('status' | 'birthDate' | 'school')[];
  stateRule?: EligibilityContext['stateRule'];
}

/** The rules as a person writes them, compiled over the columns id, status, dob (yyyy-MM-dd) and school. */
export function compileSample(written: object, context: SampleContext = {}): (row: SampleRow) => Decision {
  const settings = eligibilitySchema.parse(written);
  const { today = '2026-11-22', always = [], never = [], without = [], stateRule } = context;
  const has = (name: 'status' | 'birthDate' | 'school') => !without.includes(name);
  const decide = compileEligibility(settings, {
    identity: {
      id: find('id', 'identity.id'),
      ...(has('status') ? { status: find('status', 'identity.status') } : {}),
      ...(has('school') ? { school: find('school', 'identity.school') } : {}),
      ...(has('birthDate')
        ? {
            birthDate: {
              read: find('dob', 'identity.birth_date'),
              toDate: compileDateReader(['yyyy-MM-dd']),
            },
          }
        : {}),
    },
    find,
    day: dayOf(today, settings.school_year_starts),
    waivers: { always: new Set(always), never: new Set(never) },
    ...(stateRule ? { stateRule } : {}),
  });
  return (row) => decide(valuesOf(row));
}

/** carried/active, left_out/age, rejected/bad_birth_date: a decision in one word. */
export function inAWord(decision: Decision): string {
  if (decision.kind === 'carried') return decision.active ? 'carried active' : 'carried inactive';
  return decision.kind === 'left_out' ? `left out: ${decision.reason}` : `rejected: ${decision.finding.code}`;
}
