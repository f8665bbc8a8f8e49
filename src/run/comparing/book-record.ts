import { IS_ABOUT_OTHERS, roleOfColumn } from '../../compare/column-roles.ts';
import type { Comparison, KnownRecord } from '../../compare/compare-record.ts';
import { renderChanges } from '../../report/changes-csv.ts';
import { FATES } from '../../tally/last-table.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';
import { studentOf } from '../../vocabulary/memory.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';
import type { Standing } from '../../vocabulary/standing.ts';
import type { Assembly } from './assembly.ts';
import type { ComparedRecord } from './compare-records.ts';
import type { FollowedRecord } from './follow-removed.ts';
import { teachKeptBack, teachSentAgain } from './teach-presence.ts';

/**
 * A carried record that is not the very same as last time: into the books, the outbound file, changes.csv and the
 * memory. Answers why it is not carried after all, where it waits for a person.
 */
export function bookRecord(
  assembly: Assembly,
  entry: SettledEntry,
  compared: ComparedRecord,
): { code: string; message: string } | undefined {
  const { comparison, values } = compared;
  const { change, effective, hold, notice, standing } = comparison;
  if (notice !== undefined) assembly.remarks.set(notice, (assembly.remarks.get(notice) ?? 0) + 1);
  if (hold !== undefined) {
    holdRecord(assembly, { entry, compared, why: hold });
    return { code: 'held', message: hold };
  }
  const { books, outbound, schools, settings } = assembly;
  books.totals[change]++;
  bookSchool(schools, standing.school, change);
  if (settings.deliver === 'full' || change !== 'unchanged') {
    if (effective === values) outbound.keep(entry.outbound, standing.school);
    else outbound.write(effective, standing.school);
  }
  teachRecord(assembly, entry, compared);
  if (change !== 'unchanged') noteChange(assembly, entry.id, comparison);
  else if (settings.deliver === 'full') teachSentAgain(assembly, entry.id);
  return undefined;
}

function bookSchool(schools: Assembly['schools'], school: string, change: Comparison['change']): void {
  schools.add(school, 'carried');
  if (change === 'created') schools.add(school, 'created');
  else if (change !== 'unchanged') schools.add(school, 'changed');
}

function teachRecord({ draft, drafts }: Assembly, entry: SettledEntry, compared: ComparedRecord): void {
  const { id, linkedFrom, comparison, values, before } = compared;
  const { change, effective, standing } = comparison;
  const file = draft.name;
  if (linkedFrom !== undefined) drafts.teach({ kind: 'link', file, from: linkedFrom, to: id });
  // What was carried forward into a record is not in the drop: its hash would hide that it must be looked at again.
  const mapped = effective === values ? entry.mapped : '';
  const { active, school, grade } = standing;
  if (change !== 'unchanged')
    drafts.teach({
      kind: 'record',
      file,
      change,
      record: { id, mapped, active, school, grade, values: effective },
    });
  else if (isNews(before, { mapped, ...standing }))
    drafts.teach({ kind: 'same', file, id, mapped, active, school, grade });
}

/** Whether something is to be remembered of a record that is delivered as it was. */
function isNews(before: KnownRecord | undefined, now: Standing & { mapped: string }): boolean {
  if (!before || before.deactivated || (now.mapped !== '' && now.mapped !== before.mapped)) return true;
  return now.active !== before.active || now.school !== before.school || now.grade !== before.grade;
}

function noteChange(assembly: Assembly, studentId: string, { change, differences }: Comparison): void {
  const rows = differences.length === 0 ? [{ field: '', before: '', after: '' }] : differences;
  assembly.drafts.changes.appendText(renderChanges(rows.map((one) => ({ studentId, change, ...one }))));
  if (differences.some(({ field }) => isOfPerson(field))) assembly.otherPersons++;
}

function isOfPerson(field: string): boolean {
  const role = roleOfColumn(field);
  return role !== 'other' && role !== 'middle_name' && !IS_ABOUT_OTHERS.test(field);
}

/** The row keeps its place in the books, and its student what was last delivered. */
function holdRecord(
  assembly: Assembly,
  { entry, compared, why }: { entry: SettledEntry; compared: ComparedRecord; why: string },
): void {
  const { books, last, draft, drafts, waiting } = assembly;
  books.totals.carried--;
  books.totals.held++;
  assembly.heldStudents.add(entry.id);
  const number = last.table.findStudent(compared.linkedFrom ?? entry.id);
  if (number >= 0) last.table.fates()[number] = FATES.held;
  const kind = 'reactivated';
  waiting[kind] = (waiting[kind] ?? 0) + 1;
  const about = { kind, why, id: entry.id, values: compared.values } as const;
  const item = questionOf(draft.name, { ...about, choices: ['approve', 'leave_out'], holdsRun: false });
  drafts.ask(item, draft.rules.targets);
}

/** What a person decided once is shown each time it counts, so that it can be decided otherwise. */
export function askAboutLeftOut(assembly: Assembly, { id }: SettledEntry): void {
  const { draft, drafts, waiting } = assembly;
  if (!assembly.isLeftOut(id)) return;
  // What the other side has of the student stands: the decision was not to send, and not to remove.
  const number = assembly.last.table.findStudent(id);
  if (number >= 0) assembly.last.table.fates()[number] = FATES.held;
  waiting.left_out = (waiting.left_out ?? 0) + 1;
  const about = { kind: 'left_out', why: LEFT_OUT, id, values: [] } as const;
  const item = questionOf(draft.name, { ...about, choices: ['approve', 'leave_out'], holdsRun: false });
  drafts.ask(item, draft.rules.targets);
}

const LEFT_OUT = 'A person decided before that this record is not sent; approve takes that back.';

type Asked = Pick<ReviewItem, 'kind' | 'id' | 'why' | 'values' | 'choices' | 'holdsRun'>;

function questionOf(file: string, asked: Asked): ReviewItem {
  return { file, field: '', candidates: [], existing: '', ...asked };
}

/** A record of the last delivery that no carried row goes on. */
export function bookRemoved(assembly: Assembly, { before, aftermath, isBySelection }: FollowedRecord): void {
  const { books, outbound, settings, schools, drafts, draft } = assembly;
  const file = draft.name;
  if (aftermath.kind === 'left_as_is') {
    teachKeptBack(assembly, before.id);
    return;
  }
  if (aftermath.kind === 'carried_forward') {
    books.totals.carried_forward++;
    if (settings.deliver === 'full') outbound.write(aftermath.values, before.school);
    return;
  }
  const { why, lastRow } = aftermath;
  books.totals.removed++;
  books.removed[why]++;
  schools.add(before.school, 'removed');
  if (isBySelection) schools.add(before.school, 'removedBySelection');
  if (lastRow) {
    outbound.write(lastRow, before.school);
    assembly.deactivationsSent++;
  }
  drafts.teach({
    kind: 'removed',
    file,
    id: before.id,
    why,
    deactivated: lastRow !== undefined,
    ...(lastRow && { values: lastRow }),
  });
  noteRemoved(assembly, { before, why });
}

function noteRemoved(
  { drafts, draft, last }: Assembly,
  { before, why }: { before: FollowedRecord['before']; why: keyof typeof REMOVED },
): void {
  const studentId = studentOf(before.id);
  drafts.changes.appendText(
    renderChanges([{ studentId, change: 'removed', field: '', before: '', after: why }]),
  );
  const places = draft.rules.targets.map((target) => last.view.targets.indexOf(target));
  const values = places.map((place) => before.values[place] ?? '');
  const about = { kind: 'removed', why: REMOVED[why], id: studentId, values } as const;
  const item = questionOf(draft.name, { ...about, choices: [], holdsRun: true });
  drafts.noteRemoved(item, draft.rules.targets);
}

const REMOVED = {
  absent: 'Delivered last time, and no row of the drop has the id.',
  ineligible: 'Delivered last time, and a rule of the connection leaves the row out.',
} as const;
