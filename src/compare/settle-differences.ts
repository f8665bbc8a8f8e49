import { isBlank } from '../vocabulary/row.ts';

/** `fields.X.on_difference`: what wins where both sides have a value. */
export type DifferencePolicy = 'new' | 'keep_existing' | 'review';

/** What a person decided about one field of one record: a side, or a corrected value. */
export interface FieldDecision {
  wins: 'new' | 'keep_existing' | { value: string };
  /** Our value at that time: another value is a new question. */
  about: string;
}

/** Both values side by side, for the review and for changes.csv. */
export interface FieldConflict {
  field: string;
  /** What the mapping made. */
  mine: string;
  /** What the other side has. */
  existing: string;
  policy: DifferencePolicy;
  /** Whose value is delivered; undefined while a person has to decide. */
  kept?: 'new' | 'keep_existing' | 'corrected';
}

export interface SettledRecord {
  /** To be delivered; in an undecided field the existing value. */
  values: readonly string[];
  /** Every field in which both sides have a value and they differ. */
  conflicts: readonly FieldConflict[];
  /** At least one conflict waits for a person. */
  isOpen: boolean;
}

export interface DifferenceOptions {
  targets: readonly string[];
  /** For each of `targets`. */
  policies: readonly DifferencePolicy[];
  /** For each of `targets`: a blank of ours clears the value of the other side. */
  overwrite: readonly boolean[];
  decided: (recordId: string, field: string) => FieldDecision | undefined;
}

/**
 * Our values against those of the student whom a record updates. `existing` has one value a target, undefined
 * where the other side's file has no such field. A blank of ours never erases unless `overwrite` says so. White space around a value is no difference. A decision about a field stands over its policy, as
 * long as our value is the one that it was about.
 */
export function compileDifferences(
  options: DifferenceOptions,
): (recordId: string, mine: readonly string[], existing: readonly (string | undefined)[]) => SettledRecord {
  const { targets, policies, overwrite, decided } = options;
  return (recordId, mine, existing) => {
    const conflicts: FieldConflict[] = [];
    const values = targets.map((field, at) => {
      const ours = mine[at] ?? '';
      const theirs = existing[at] ?? '';
      if (isBlank(ours)) return overwrite[at] ? ours : theirs;
      if (isBlank(theirs) || ours.trim() === theirs.trim()) return ours;
      const policy = policies[at] ?? 'new';
      const decision = decided(recordId, field);
      const settled = settle(decision?.about === ours ? decision.wins : policy, ours, theirs);
      conflicts.push({
        field,
        mine: ours,
        existing: theirs,
        policy,
        ...(settled.kept && { kept: settled.kept }),
      });
      return settled.value;
    });
    return { values, conflicts, isOpen: conflicts.some(({ kept }) => kept === undefined) };
  };
}

function settle(
  wins: DifferencePolicy | FieldDecision['wins'],
  ours: string,
  theirs: string,
): { value: string; kept?: 'new' | 'keep_existing' | 'corrected' } {
  if (typeof wins === 'object') return { value: wins.value, kept: 'corrected' };
  if (wins === 'new') return { value: ours, kept: 'new' };
  return wins === 'keep_existing' ? { value: theirs, kept: 'keep_existing' } : { value: theirs };
}
