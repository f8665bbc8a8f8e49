/**
 * Compare: what each carried record is against what was last delivered for its id, and who is who.
 *
 * in:       records one by one, what was last delivered for each, the students whom the other side has
 * out:      one change a record, the values to deliver, each field before and after; who is removed; likely matches
 * promises: exactly one change a record; a blank erases only where the mapping says so; no guess is a decision
 * never:    reads a file or a clock; keeps a record; puts a value into a sentence that may leave the review
 */
import type { DeliveredRecord } from '../vocabulary/memory.ts';
import { isBlank } from '../vocabulary/row.ts';
import type { Standing } from '../vocabulary/standing.ts';
import type { Change } from '../vocabulary/verdict.ts';
import type { GradeOrder } from './grade-order.ts';

/** What was last delivered for one id. */
export interface KnownRecord extends DeliveredRecord {
  /** The last row was the one that deactivated a removed student. */
  deactivated?: boolean;
}

/** A record as tonight's mapping made it; school and grade trimmed, blank where nobody says. */
export interface MappedRecord extends Standing {
  id: string;
  /** In the order of `targets`. */
  values: readonly string[];
}

export interface CompareOptions {
  /** Target fields of tonight, and of the last delivery, in file order. */
  targets: readonly string[];
  lastTargets: readonly string[];
  /** For each of `targets`: a blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** For each of `targets`: the value is the day of the run, so that another one is no change. */
  volatile?: readonly boolean[];
  /** For each of `targets`: what the mapping writes where the source says nothing, and what is therefore no news. */
  standIns?: readonly (string | undefined)[];
  reactivate: 'hold' | 'send' | 'keep_inactive';
  gradeOrder: GradeOrder;
}

/** For changes.csv and the review, and nowhere else. */
export interface FieldDifference {
  /**
   * A target field; identity.status, identity.school or identity.grade where no target field shows the
   * change.
   */
  field: string;
  before: string;
  after: string;
}

export interface Comparison {
  change: Change;
  /** The values to deliver, in the order of `targets`. */
  effective: readonly string[];
  /** None for created and unchanged; else at least one. Put over the last values they give `effective`. */
  differences: readonly FieldDifference[];
  /** As what the student is delivered, to be remembered with `effective`. */
  standing: Standing;
  /**
   * Why the record waits for a person: a sentence without values. It is not carried until somebody decides.
   */
  hold?: string;
  /** What is worth knowing though nothing is sent: a sentence without values. */
  notice?: string;
}

/** Made once a file, called for each record; keeps nothing between two records. */
export function compileComparison(
  options: CompareOptions,
): (before: KnownRecord | undefined, after: MappedRecord) => Comparison {
  const { reactivate, gradeOrder } = options;
  const compareValues = compileValues(options);
  const keepInactive = compileKeeping(options);
  return (before, after) => {
    if (!before) return createdOf(after);
    if (isReactivated(before, after) && reactivate === 'keep_inactive') return keepInactive(before, after);
    const { effective, differences } = compareValues(before.values, after.values);
    const move = moveOf(before, after, gradeOrder);
    const change = move ?? (differences.length > 0 ? 'updated' : 'unchanged');
    const comparison: Comparison = {
      change,
      effective,
      differences: move && differences.length === 0 ? [explainMove(move, before, after)] : differences,
      standing: standingOf(before, after),
    };
    return change === 'reactivated' && reactivate === 'hold' ? { ...comparison, hold: WAITS } : comparison;
  };
}

const WAITS =
  'The student was last delivered as not active and is active again; reconcile.reactivate is hold, so a person decides.';
const KEPT =
  'The student was last delivered as not active and is active again; reconcile.reactivate is keep_inactive, so the last values stand.';

type Move = Exclude<Change, 'created' | 'updated' | 'unchanged'>;

function createdOf({ values, active, school, grade }: MappedRecord): Comparison {
  return { change: 'created', effective: values, differences: [], standing: { active, school, grade } };
}

/** Tonight's values against the last ones, field by field and by name. */
function compileValues({ targets, lastTargets, overwrite, volatile = [], standIns = [] }: CompareOptions) {
  const places = targets.map((target) => lastTargets.indexOf(target));
  return (last: readonly string[], values: readonly string[]) => {
    let carried: string[] | undefined;
    const differences: FieldDifference[] = [];
    for (let at = 0; at < targets.length; at++) {
      const after = values[at] ?? '';
      const before = last[places[at] ?? -1];
      if (before === after || volatile[at]) continue;
      const field = targets[at] ?? '';
      if (before === undefined) {
        if (!isBlank(after)) differences.push({ field, before: '', after });
      } else if ((isBlank(after) && !overwrite[at]) || isNoNews(before, after, standIns[at])) {
        carried ??= [...values];
        carried[at] = before;
      } else {
        differences.push({ field, before, after });
      }
    }
    return { effective: carried ?? values, differences };
  };
}

/** The day on which a blank was first filled stays: another one each night would be no news of the student. */
function isNoNews(before: string, after: string, standIn: string | undefined): boolean {
  return after === standIn && !isBlank(before);
}

/** The last values stand, whatever the drop says; only a field that is new to the file is filled. */
function compileKeeping({ targets, lastTargets }: CompareOptions) {
  const places = targets.map((target) => lastTargets.indexOf(target));
  return (before: KnownRecord, after: MappedRecord): Comparison => {
    const differences: FieldDifference[] = [];
    const effective = targets.map((field, at) => {
      const last = before.values[places[at] ?? -1];
      if (last !== undefined) return last;
      const value = after.values[at] ?? '';
      if (!isBlank(value)) differences.push({ field, before: '', after: value });
      return value;
    });
    const change = differences.length > 0 ? 'updated' : 'unchanged';
    const { school, grade } = before;
    return { change, effective, differences, standing: { active: false, school, grade }, notice: KEPT };
  };
}

function isReactivated(before: KnownRecord, after: Standing): boolean {
  return after.active && !wasActive(before);
}

function wasActive(before: KnownRecord): boolean {
  return before.active && before.deactivated !== true;
}

/** The first that fits, in the order of CHANGES. A school or grade that only one side knows is no move. */
function moveOf(before: KnownRecord, after: MappedRecord, gradeOrder: GradeOrder): Move | undefined {
  if (isReactivated(before, after)) return 'reactivated';
  if (wasActive(before) && !after.active) return 'deactivated';
  if (before.school !== after.school && before.school !== '' && after.school !== '') return 'transferred';
  if (before.grade === after.grade) return undefined;
  const from = gradeOrder(before.grade);
  const to = gradeOrder(after.grade);
  return from !== undefined && to !== undefined && to > from ? 'promoted' : undefined;
}

/** changes.csv says why even where the file has no field that shows it. */
function explainMove(move: Move, before: KnownRecord, after: MappedRecord): FieldDifference {
  if (move === 'transferred') return { field: 'identity.school', before: before.school, after: after.school };
  if (move === 'promoted') return { field: 'identity.grade', before: before.grade, after: after.grade };
  const inWords = (active: boolean) => (active ? 'active' : 'not active');
  return { field: 'identity.status', before: inWords(wasActive(before)), after: inWords(after.active) };
}

/** A night without a school or a grade does not make the next one look like a move. */
function standingOf(before: KnownRecord, { active, school, grade }: MappedRecord): Standing {
  return {
    active,
    school: school === '' ? before.school : school,
    grade: grade === '' ? before.grade : grade,
  };
}
