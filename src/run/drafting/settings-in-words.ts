import { basename } from 'node:path';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { DEFAULT_AGE } from '../../eligibility/age-settings.ts';
import { dayInSchoolYear, schoolYearOf } from '../../time/school-year.ts';
import type { SchoolYear } from '../../vocabulary/run.ts';
import type { MatchSettings } from '../matching/reference-file.ts';

/** The rules of a run for its report, in words that need no configuration beside them. */
export function settingsInWords(connection: LoadedConnection, businessDate: string): Record<string, string> {
  const { eligibility, reconcile, safeguards } = connection.settings;
  return {
    policy: eligibility.policy,
    statuses: describeStatuses(eligibility.statuses),
    age: describeAge(eligibility.age ?? (readsBirthDate(connection) ? DEFAULT_AGE : undefined), {
      today: businessDate,
      year: schoolYearOf(businessDate, eligibility.school_year_starts),
      stateRule: connection.stateRule,
    }),
    ...(eligibility.schools && { schools: describeSchools(eligibility.schools) }),
    ...(eligibility.categories && { categories: Object.keys(eligibility.categories).join(', ') }),
    always_include: describeWaivers(eligibility.always_include),
    never_include: describeWaivers(eligibility.never_include),
    school_year_starts: eligibility.school_year_starts,
    deliver: reconcile.deliver,
    removed: describeRemoved(reconcile.removed),
    rejected: reconcile.rejected,
    reactivate: reconcile.reactivate,
    ...(reconcile.match && { match: describeMatch(reconcile.match) }),
    on_breach: safeguards.on_breach,
    review: safeguards.review,
  };
}

function describeMatch({ against, identify, suggest, unresolved }: MatchSettings): string {
  const likely = suggest.length === 0 ? '' : `, likely by ${suggest.join(', ')}`;
  return `with ${against}, the same by ${identify.join(' and ')}${likely}; a likely match: ${unresolved}`;
}

function readsBirthDate(connection: LoadedConnection): boolean {
  return [...connection.files.values()].some(({ mapping }) => mapping.identity.birth_date !== undefined);
}

type Eligibility = LoadedConnection['settings']['eligibility'];

function describeStatuses(statuses: Eligibility['statuses']): string {
  if (!statuses) return 'not used';
  return `active: ${statuses.active.join(', ')}; inactive: ${statuses.inactive.join(', ') || 'none listed'}; any other: ${statuses.unknown}`;
}

function describeSchools(schools: NonNullable<Eligibility['schools']>): string {
  return Object.entries(schools)
    .map(([school, categories]) => `${school}: ${categories.join(', ') || 'nobody'}`)
    .join('; ');
}

/** How many, or where they stand: not who. */
function describeWaivers(waivers: Eligibility['always_include']): string {
  if ('file' in waivers) return `the students of ${basename(waivers.file)}`;
  return waivers.length === 0 ? 'nobody' : `${waivers.length} listed`;
}

function describeRemoved(removed: LoadedConnection['settings']['reconcile']['removed']): string {
  if (removed === 'report') return removed;
  const fields = Object.entries(removed.deactivate).map(([field, value]) => `${field} = ${value}`);
  return `sent a last time with ${fields.join(', ')}`;
}

interface AgeContext {
  today: string;
  year: SchoolYear;
  stateRule: LoadedConnection['stateRule'];
}

/** `5 to 21 completed years on 2026-09-01`: the day itself, so that nobody has to reckon it out. */
function describeAge(age: Eligibility['age'], context: AgeContext): string {
  if (!age) return 'not used';
  if (!('state' in age)) return describeYears(age, context);
  const { stateRule } = context;
  if (!stateRule) return `the table of ${age.state}`;
  const years = describeYears({ ...stateRule, turning: age.turning ?? stateRule.turning }, context);
  return `${years}, as the table has it for ${stateRule.name} (${stateRule.year})`;
}

function describeYears(
  age: Exclude<NonNullable<Eligibility['age']>, { state: string }>,
  { today, year }: AgeContext,
): string {
  const on = age.as_of === 'today' ? today : dayInSchoolYear(year, age.as_of);
  const bands =
    'bands' in age
      ? age.bands.map((band) => `${band.min} to ${band.max}`).join(', or ')
      : `${age.min} to ${age.max}`;
  return `${bands} completed years on ${on}, a birthday on the day itself ${age.turning}`;
}
