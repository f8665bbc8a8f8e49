import type { EligibilitySettings } from './schema.ts';

/** What the mapping of the students says under `identity`. */
export interface IdentityNamed {
  status: boolean;
  birthDate: boolean;
  school: boolean;
}

/** What the rules ask for and nobody says: a sentence each, to be shown with the place of the settings. */
export function whyIncomplete(settings: EligibilitySettings, identity: IdentityNamed): string[] {
  const { policy } = settings;
  const asksStatus = policy !== 'everyone';
  const mustAskAge = policy === 'active_and_age_eligible';
  const mayAskAge = mustAskAge || policy === 'active_or_age_eligible';
  const faults: string[] = [];
  if (asksStatus && !settings.statuses)
    faults.push(
      `The policy ${policy} needs statuses: say which codes mean an active student, such as statuses: { active: ["0"], inactive: ["1", "2"] }`,
    );
  if (asksStatus && !identity.status)
    faults.push(
      `The policy ${policy} needs identity.status in the mapping of the students: the column that holds the status`,
    );
  if (mayAskAge && (mustAskAge || settings.age) && !identity.birthDate)
    faults.push(
      settings.age
        ? 'The age rule needs identity.birth_date in the mapping of the students: { column, format }'
        : `The policy ${policy} needs identity.birth_date in the mapping of the students: { column, format }`,
    );
  if (settings.schools && !identity.school)
    faults.push(
      'schools needs identity.school in the mapping of the students: the column that holds the school',
    );
  return faults;
}
