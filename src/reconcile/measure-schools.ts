import type { SchoolCounts } from '../vocabulary/school-counts.ts';
import { exceeds } from './percentage.ts';
import { COUNTED, holdAgainst, notMeasured, type SafeguardResult, writeNumber } from './safeguard-result.ts';
import type { Limit, PerSchoolSettings, RolloverSettings, SafeguardSettings } from './schema.ts';

/** By file of the drop, then by school. */
export type SchoolBooks = ReadonlyMap<string, ReadonlyMap<string, SchoolCounts>>;

/** A smaller school may come and go: a student at home, a placement elsewhere. */
const FEWEST_OF_A_SCHOOL = 10;

type School = SchoolCounts & { file: string; school: string };

/**
 * The schools that are gone and those above a limit, the largest first, and one line that says how many were measured.
 * @param rollover the open window; undefined where it is closed
 * @param unmeasured why nothing is held against the last delivery; undefined where it is
 */
export function measureSchools(
  books: SchoolBooks,
  settings: SafeguardSettings,
  rollover: RolloverSettings | undefined,
  unmeasured: string | undefined,
): SafeguardResult[] {
  const schools = listSchools(books);
  const gone = unmeasured === undefined ? findGone(schools, settings, rollover) : [];
  return [
    ...(gone.length > 0 ? gone.map(describeGone) : nobodyGone(schools, settings, unmeasured)),
    ...measureEach(schools, new Set(gone), settings.per_school, rollover, unmeasured),
  ];
}

function listSchools(books: SchoolBooks): School[] {
  const schools = [...books].flatMap(([file, counts]) =>
    [...counts].map(([school, one]) => ({ ...one, file, school })),
  );
  return schools
    .filter(({ school }) => school.trim() !== '')
    .toSorted((one, other) => other.last - one.last || (one.school < other.school ? -1 : 1));
}

function findGone(
  schools: readonly School[],
  settings: SafeguardSettings,
  rollover: RolloverSettings | undefined,
): School[] {
  if (settings.school_gone === 'off') return [];
  const mayAllGo = rollover !== undefined && allowsEverybody(rollover.max_removed);
  return schools.filter(
    ({ last, carried, removedBySelection }) =>
      last >= FEWEST_OF_A_SCHOOL && carried === 0 && (removedBySelection > 0 || !mayAllGo),
  );
}

function allowsEverybody(limit: Limit): boolean {
  return typeof limit === 'string' && !exceeds(1, 1, limit);
}

function describeGone(school: School): SafeguardResult {
  return {
    name: 'school_gone',
    file: school.file,
    school: school.school,
    limit: 'hold',
    value: String(school.last),
    breached: true,
    sentence: whyGone(school),
  };
}

/** The reasons may come together: left out by the selection, gone otherwise, and carried elsewhere or not settled yet. */
function whyGone({ school, last, removed, removedBySelection }: School): string {
  const elsewhere = 'carried at another school, rejected or waiting';
  if (removed === 0)
    return `School ${school} is gone: nobody is carried at it any more; the ${students(last)} who were delivered last time are ${elsewhere}.`;
  const rest = last > removed ? `; ${more(last - removed)} ${elsewhere}` : '';
  const listed = `they are listed in changes.csv and in the review${rest}`;
  if (removedBySelection === 0)
    return `School ${school} is gone: no row of it is carried any more, which removes ${students(removed)} who were delivered last time; ${listed}.`;
  const gone = removed - removedBySelection;
  const also = gone > 0 ? `, and ${more(gone)} gone or left out for another reason` : '';
  return `School ${school} is no longer selected (eligibility.schools): that removes ${students(removedBySelection)} who were delivered last time${also}; ${listed}.`;
}

function more(count: number): string {
  return count === 1 ? '1 more is' : `${writeNumber(count)} more are`;
}

function nobodyGone(
  schools: readonly School[],
  settings: SafeguardSettings,
  unmeasured: string | undefined,
): SafeguardResult[] {
  if (settings.school_gone === 'off' || schools.length === 0) return [];
  const measured = schools.filter(({ last }) => last >= FEWEST_OF_A_SCHOOL).length;
  const why = unmeasured ?? `no school had ${FEWEST_OF_A_SCHOOL} students last delivered`;
  if (unmeasured !== undefined || measured === 0) return [notMeasured('school_gone', 'hold', why)];
  const sentence = `${schoolsWord(measured)} of at least ${FEWEST_OF_A_SCHOOL} students last delivered, and none is gone.`;
  return [{ name: 'school_gone', limit: 'hold', value: '0', breached: false, sentence }];
}

function measureEach(
  schools: readonly School[],
  gone: ReadonlySet<School>,
  settings: PerSchoolSettings | undefined,
  rollover: RolloverSettings | undefined,
  unmeasured: string | undefined,
): SafeguardResult[] {
  if (!settings) return [];
  const limits = describeLimits(settings);
  const measured = schools.filter(({ last }) => last >= settings.from);
  const why = unmeasured ?? `no school had ${students(settings.from)} last delivered`;
  if (unmeasured !== undefined || measured.length === 0) return [notMeasured('per_school', limits, why)];
  const small = schools.length - measured.length;
  const smaller = small > 0 ? `; ${writeNumber(small)} smaller not` : '';
  const sentence = `${schoolsWord(measured.length)} of at least ${students(settings.from)} last delivered measured one by one${smaller}.`;
  return [
    ...measured.filter((school) => !gone.has(school)).flatMap((one) => breachesOf(one, settings, rollover)),
    { name: 'per_school', limit: limits, value: String(measured.length), breached: false, sentence },
  ];
}

/** While the window is open, a school is not measured more strictly than the window measures the district. */
function breachesOf(
  school: School,
  settings: PerSchoolSettings,
  rollover: RolloverSettings | undefined,
): SafeguardResult[] {
  const counts = { max_removed: school.removed, max_created: school.created, max_updated: school.changed };
  return (['max_removed', 'max_created', 'max_updated'] as const).flatMap((name) => {
    const limit = settings[name];
    const count = counts[name];
    const base = school.last;
    if (limit === undefined || (rollover && !exceeds(count, base, rollover[name]))) return [];
    const what = `${school.file}, school ${school.school}: ${writeNumber(count)} ${COUNTED[name]}, of ${writeNumber(base)} last delivered`;
    const { file, school: code } = school;
    const result = holdAgainst({
      name,
      file,
      school: code,
      count,
      base,
      limit,
      what,
      key: `per_school.${name}`,
    });
    return result.breached ? [result] : [];
  });
}

function describeLimits({ max_removed, max_created, max_updated }: PerSchoolSettings): string {
  return Object.entries({ max_removed, max_created, max_updated })
    .filter(([, limit]) => limit !== undefined)
    .map(([name, limit]) => `${name} ${limit}`)
    .join(', ');
}

function students(count: number): string {
  return count === 1 ? '1 student' : `${writeNumber(count)} students`;
}

function schoolsWord(count: number): string {
  return count === 1 ? '1 school' : `${writeNumber(count)} schools`;
}
