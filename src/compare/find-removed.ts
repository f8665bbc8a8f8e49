import { AppError, throwAll } from '../errors/app-error.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import type { KnownRecord } from './compare-record.ts';

/**
 * What became of a student in this drop: the verdict of the row that counts (see `strongerFate`), `absent`
 * where no row has the id, or `apart` where this run leaves the student as it was (`--only`, additions
 * alone).
 */
export type Fate = Verdict | 'absent' | 'apart';

export interface RemovalOptions {
  /** Target fields of tonight, and of the last delivery, in file order. */
  targets: readonly string[];
  lastTargets: readonly string[];
  removed: 'report' | { deactivate: Readonly<Record<string, string>> };
  rejected: 'carry_forward' | 'leave_out';
}

/** What follows for a student who was delivered last time. Values are in the order of `targets`. */
export type Aftermath =
  /** Carried tonight, or long gone: nothing to add. */
  | { kind: 'none' }
  /** Not sent tonight and still known; never a removal. */
  | { kind: 'left_as_is' }
  /** The last record goes out again in a full file; with `changes` it is only counted. */
  | { kind: 'carried_forward'; values: readonly string[] }
  /** With a last row where one is to be sent. */
  | { kind: 'removed'; why: 'absent' | 'ineligible'; lastRow?: readonly string[] };

const NONE: Aftermath = { kind: 'none' };
const LEFT_AS_IS: Aftermath = { kind: 'left_as_is' };

/**
 * Decides about the students of the last delivery, one by one. A row that is there and broken, or that waits
 * for a person, never removes its student. Throws `config_invalid` where a last row would set a field that
 * the file has not.
 */
export function compileRemoval(options: RemovalOptions): (before: KnownRecord, fate: Fate) => Aftermath {
  const { removed, rejected } = options;
  const again = compileAgain(options);
  const lastRowOf = removed === 'report' ? undefined : compileLastRow(removed.deactivate, options);
  return (before, fate) => {
    if (fate === 'carried' || before.deactivated) return NONE;
    if (fate === 'held') return { kind: 'carried_forward', values: again(before.values) };
    if (fate === 'absent' || fate === 'ineligible')
      return {
        kind: 'removed',
        why: fate,
        ...(lastRowOf && { lastRow: lastRowOf(before.values) }),
      };
    if (fate === 'apart' || rejected === 'leave_out') return LEFT_AS_IS;
    return { kind: 'carried_forward', values: again(before.values) };
  };
}

/** The last record in tonight's columns: a field that is new to the file is blank. */
function compileAgain({
  targets,
  lastTargets,
}: RemovalOptions): (values: readonly string[]) => readonly string[] {
  const isSame = targets.length === lastTargets.length && targets.every((one, at) => one === lastTargets[at]);
  if (isSame) return (values) => values;
  const places = targets.map((target) => lastTargets.indexOf(target));
  return (values) => places.map((place) => values[place] ?? '');
}

function compileLastRow(
  deactivate: Readonly<Record<string, string>>,
  options: RemovalOptions,
): (values: readonly string[]) => readonly string[] {
  const { targets } = options;
  throwAll(
    Object.keys(deactivate)
      .filter((field) => !targets.includes(field))
      .map((field) => unknownField(field, targets)),
  );
  const again = compileAgain(options);
  return (values) => {
    const row = again(values);
    return targets.map((target, at) => deactivate[target] ?? row[at] ?? '');
  };
}

function unknownField(field: string, targets: readonly string[]): AppError {
  return new AppError(
    'config_invalid',
    `reconcile.removed.deactivate sets ${field}, which the file does not have`,
    { hint: `Name one of its fields: ${targets.join(', ')}.` },
  );
}

/**
 * What counts where a student has several rows: one that is carried wins, and a broken one is never outvoted
 * by a rule.
 */
const STRONGEST_FIRST: readonly Fate[] = [
  'carried',
  'held',
  'apart',
  'rejected',
  'duplicate',
  'ineligible',
  'absent',
];

export function strongerFate(one: Fate, other: Fate): Fate {
  return STRONGEST_FIRST.indexOf(one) <= STRONGEST_FIRST.indexOf(other) ? one : other;
}
