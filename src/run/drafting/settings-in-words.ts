import type { LoadedConnection } from '../../config/load-connection.ts';
import { DEFAULT_AGE } from '../../eligibility/age-settings.ts';
import type { MatchSettings } from '../matching/reference-file.ts';

/** The rules of a run for its report, in words that need no configuration beside them. */
export function settingsInWords(connection: LoadedConnection): Record<string, string> {
  const { eligibility, reconcile, safeguards } = connection.settings;
  return {
    policy: eligibility.policy,
    statuses: describeStatuses(eligibility.statuses),
    age: describeAge(eligibility.age ?? (readsBirthDate(connection) ? DEFAULT_AGE : undefined)),
    school_year_starts: eligibility.school_year_starts,
    deliver: reconcile.deliver,
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

function describeAge(age: Eligibility['age']): string {
  if (!age) return 'not used';
  if ('state' in age) return `the table of ${age.state}`;
  const on = age.as_of === 'today' ? 'on the day of the run' : `on ${age.as_of} of the school year`;
  const bands =
    'bands' in age
      ? age.bands.map((band) => `${band.min} to ${band.max}`).join(', or ')
      : `${age.min} to ${age.max}`;
  return `${bands} completed years ${on}, a birthday on the day itself ${age.turning}`;
}
