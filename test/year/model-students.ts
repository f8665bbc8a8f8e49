/** What the contract makes of the students of one night, against what was last delivered. */
import { count, type ModelBooks, openModelBooks } from './model-books.ts';
import type { Judged, StudentFates } from './model-verdicts.ts';
import { LAST_STATUS, STUDENT_TARGETS, type YearSettings } from './year-settings.ts';

/** What was last delivered for one student. */
export interface KnownStudent {
  values: string[];
  active: boolean;
  school: string;
  grade: string;
  /** The last row was the one of a removed student. */
  deactivated: boolean;
}

export interface StudentsOutcome {
  books: ModelBooks;
  next: Map<string, KnownStudent>;
  /** What became of everybody who is in the file or was in the last delivery. */
  fates: Map<string, 'carried' | 'held' | 'rejected' | 'ineligible' | 'duplicate' | 'absent'>;
  /** The change of each carried student. */
  changes: Map<string, Change>;
  removed: Map<string, 'absent' | 'ineligible'>;
  /** Who is carried, with the school that counts. */
  carriedAt: Map<string, string>;
}

export type Change =
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'transferred'
  | 'promoted'
  | 'deactivated'
  | 'reactivated';

const OVERWRITE = new Set(['locker']);
const STATUS = STUDENT_TARGETS.indexOf('status');

export interface StudentsNight {
  judged: readonly Judged[];
  before: ReadonlyMap<string, KnownStudent>;
  settings: YearSettings;
  /** Whom a person let through who is active again. */
  approved: ReadonlySet<string>;
}

export function reconcileStudents(night: StudentsNight): StudentsOutcome {
  const { judged, before } = night;
  const outcome: StudentsOutcome = {
    books: openModelBooks(judged.length),
    next: new Map(before),
    fates: new Map(),
    changes: new Map(),
    removed: new Map(),
    carriedAt: new Map(),
  };
  for (const row of judged) enter(row, night, outcome);
  for (const [id, known] of before) {
    const fate = outcome.fates.get(id) ?? 'absent';
    outcome.fates.set(id, fate);
    if (!known.deactivated) settleMissing(id, known, fate, night.settings, outcome);
  }
  const { totals } = outcome.books;
  totals.delivered = outcome.books.rows.length;
  return outcome;
}

function enter(row: Judged, night: StudentsNight, outcome: StudentsOutcome): void {
  const { books, fates } = outcome;
  if (row.verdict === 'carried') {
    carry(row, night, outcome);
    return;
  }
  books.totals[row.verdict]++;
  if (row.verdict === 'rejected') count(books.rejected, row.code);
  if (row.verdict === 'ineligible') count(books.ineligible, row.reason);
  if (row.verdict === 'duplicate' || row.id === '') return;
  // A broken row is never outvoted by a rule that another row of the student met.
  const known = fates.get(row.id);
  if (known === undefined || (known === 'ineligible' && row.verdict === 'rejected'))
    fates.set(row.id, row.verdict);
}

type Carried = Extract<Judged, { verdict: 'carried' }>;

function carry(row: Carried, night: StudentsNight, outcome: StudentsOutcome): void {
  const { books, fates } = outcome;
  const { settings } = night;
  const known = night.before.get(row.id);
  const wasActive = known?.active === true && !known.deactivated;
  const isBack = known !== undefined && row.active && !wasActive;
  if (isBack && settings.reactivate === 'hold' && !night.approved.has(row.id)) {
    books.totals.held++;
    fates.set(row.id, 'held');
    return;
  }
  const now =
    isBack && settings.reactivate === 'keep_inactive' ? keptInactive(known) : compared(row, known, wasActive);
  books.totals.carried++;
  books.totals[now.change]++;
  fates.set(row.id, 'carried');
  outcome.changes.set(row.id, now.change);
  outcome.carriedAt.set(row.id, row.school === '' ? now.known.school : row.school);
  outcome.next.set(row.id, now.known);
  if (settings.deliver === 'full' || now.change !== 'unchanged') books.rows.push(now.known.values);
}

function keptInactive(known: KnownStudent): { change: Change; known: KnownStudent } {
  return { change: 'unchanged', known: { ...known, active: false, deactivated: false } };
}

function compared(
  row: Carried,
  known: KnownStudent | undefined,
  wasActive: boolean,
): { change: Change; known: KnownStudent } {
  const { active, school, grade } = row;
  if (!known)
    return { change: 'created', known: { values: row.values, active, school, grade, deactivated: false } };
  const values = row.values.map((value, at) => {
    const blankStands = OVERWRITE.has(STUDENT_TARGETS[at] ?? '');
    return value.trim() === '' && !blankStands ? (known.values[at] ?? '') : value;
  });
  const next: KnownStudent = {
    values,
    active,
    school: school === '' ? known.school : school,
    grade: grade === '' ? known.grade : grade,
    deactivated: false,
  };
  const isUpdated = values.some((value, at) => value !== known.values[at]);
  const change = ((): Change => {
    if (active && !wasActive) return 'reactivated';
    if (!active && wasActive) return 'deactivated';
    if (known.school !== '' && known.school !== next.school) return 'transferred';
    if (known.grade !== '' && Number(next.grade) > Number(known.grade)) return 'promoted';
    return isUpdated ? 'updated' : 'unchanged';
  })();
  return { change, known: next };
}

function settleMissing(
  id: string,
  known: KnownStudent,
  fate: NonNullable<ReturnType<StudentsOutcome['fates']['get']>>,
  settings: YearSettings,
  { books, next, removed }: StudentsOutcome,
): void {
  if (fate === 'carried') return;
  if (fate === 'absent' || fate === 'ineligible') {
    books.totals.removed++;
    books.removed[fate]++;
    removed.set(id, fate);
    if (settings.removed === 'report') {
      next.delete(id);
      return;
    }
    const values = known.values.with(STATUS, LAST_STATUS);
    next.set(id, { ...known, values, active: false, deactivated: true });
    books.rows.push(values);
    return;
  }
  if (fate === 'rejected' && settings.rejected === 'leave_out') return;
  books.totals.carried_forward++;
  if (settings.deliver === 'full') books.rows.push(known.values);
}

/** For the contacts: only who is in the file. */
export function fatesInFile(outcome: StudentsOutcome): StudentFates {
  const fates = new Map<string, Judged['verdict'] | 'held'>();
  for (const [id, fate] of outcome.fates) if (fate !== 'absent') fates.set(id, fate);
  return fates;
}
