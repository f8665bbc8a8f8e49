import type { IneligibleReason } from '../vocabulary/verdict.ts';
import { REASON_MEANINGS } from './report-words.ts';
import type { Report } from './schema.ts';

/** Policies as `eligibility.policy` names them. */
const POLICY_WORDS: Record<string, string> = {
  active_or_age_eligible: 'Active students are carried, and others while they are of age.',
  active_only: 'Only active students are carried.',
  active_and_age_eligible: 'Active students are carried while they are of age.',
  everyone: 'Students are carried whatever their status and age.',
};

/** What in the settings of a run says each reason. */
const SETTINGS: Record<IneligibleReason, readonly (readonly [key: string, words: string])[]> = {
  never_include: [['never_include', 'Never carried']],
  school: [
    ['schools', 'Carried of each school'],
    ['categories', 'Categories'],
  ],
  status: [['statuses', 'Statuses']],
  age: [['age', 'Of age']],
  student_not_carried: [],
};

/** The rule of this connection that stands behind a reason, in words; what it means everywhere, where nothing more is known. */
export function describeRule(reason: IneligibleReason, { settings = {} }: Report): string {
  const asked = reason === 'status' || reason === 'age' ? POLICY_WORDS[settings.policy ?? ''] : undefined;
  const said = SETTINGS[reason].flatMap(([key, words]) => {
    const value = settings[key];
    return value === undefined ? [] : [`${words}: ${value}.`];
  });
  return said.length === 0 ? REASON_MEANINGS[reason] : [asked ?? REASON_MEANINGS[reason], ...said].join(' ');
}
