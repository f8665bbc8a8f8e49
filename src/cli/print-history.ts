import type { StudentAnswer } from '../ledger/answer-memory.ts';
import type { AppliedOutcome, FieldChange, HistoryEntry } from '../ledger/ledger.ts';
import { writeCounted, writeInstant } from '../report/plain-values.ts';
import { OUTCOME_WORDS } from '../report/report-words.ts';
import { visibleText } from '../report/visible-text.ts';
import { studentOf } from '../vocabulary/memory.ts';
import type { CliContext } from './act.ts';
import { paint, printLine } from './print.ts';

/** What was sent for a student, run by run, the oldest first. */
export function printHistory(
  context: CliContext,
  student: string,
  entries: readonly HistoryEntry[],
  answers: readonly StudentAnswer[] = [],
): void {
  const who = visibleText(student);
  if (entries.length === 0) {
    printLine(context, `Nothing was ever delivered for a student ${who}.`);
    return;
  }
  const runs = Map.groupBy(entries, ({ run }) => run.id);
  const connections = new Set(entries.map(({ run }) => run.connection));
  const counts = `${writeCounted(runs.size, 'run')} of ${writeCounted(connections.size, 'connection')}`;
  printLine(context, `${paint('bold', `Student ${who}`, context.stdout)}: ${counts}`);
  for (const touches of runs.values()) printRun(context, touches, answers);
  const others = answers.filter(({ acknowledgement: { run } }) => !runs.has(run));
  if (others.length > 0) printLine(context);
  for (const answer of others)
    printLine(context, `${visibleText(describeAnswer(answer))}, to ${answer.acknowledgement.run}`);
}

/** The last thing that was answered to the run about the student; nothing is answered of one that was removed. */
export function answerTo(
  { run, id }: HistoryEntry,
  answers: readonly StudentAnswer[],
): StudentAnswer | undefined {
  return answers.findLast((one) => one.acknowledgement.run === run.id && one.id === studentOf(id));
}

/** answered 2026-11-22: refused (ERR), no such school */
function describeAnswer({ verdict, status, message, acknowledgement }: StudentAnswer): string {
  const word = status === '' ? '' : ` (${status})`;
  return `answered ${acknowledgement.at.slice(0, 10)}: ${verdict}${word}${message === '' ? '' : `, ${message}`}`;
}

function printRun(
  context: CliContext,
  touches: readonly HistoryEntry[],
  answers: readonly StudentAnswer[],
): void {
  const [first] = touches;
  if (!first) return;
  const { id, businessDate, outcome, finishedAt } = first.run;
  printLine(context);
  printLine(context, `${paint('bold', businessDate, context.stdout)}  ${id}`);
  printLine(context, paint('dim', `  ${wordOf(outcome)}, ${writeInstant(finishedAt)}`, context.stdout));
  // The student first, then the dependants; in each of both as it was done.
  const isDependant = ({ id: own }: HistoryEntry) => Number(studentOf(own) !== own);
  for (const touch of touches.toSorted((one, other) => isDependant(one) - isDependant(other))) {
    printLine(context, `  ${visibleText(touch.file)}: ${visibleText(describeChange(touch))}`);
    const lines = touch.change === 'linked' ? [] : describeFields(touch.fields, first.run.destroyedBy);
    for (const line of lines) printLine(context, `      ${visibleText(line)}`);
  }
  const [answer] = touches.flatMap((touch) => answerTo(touch, answers) ?? []);
  if (answer) printLine(context, `  ${visibleText(describeAnswer(answer))}`);
}

function wordOf(outcome: AppliedOutcome): string {
  return outcome === 'purged' || outcome === 'acknowledged' ? outcome : OUTCOME_WORDS[outcome];
}

const REMOVED: Readonly<Record<string, string>> = {
  absent: 'the drop had no row any more',
  ineligible: 'a rule left the student out',
};

function describeChange({ id, change, note, fields }: HistoryEntry): string {
  if (change === 'removed') {
    const isForgotten = fields.length > 0 && fields.every(({ after }) => after === null);
    const what = isForgotten ? 'nothing is sent any more' : 'a last row was sent';
    return `removed, because ${REMOVED[note] ?? note}; ${what}`;
  }
  if (change !== 'linked') return change;
  // The same step is told of both ids; where nothing is left under this one, it went on under the other.
  const isOld = fields.some(({ after }) => after === null);
  return isOld
    ? `${studentOf(id)} goes on as ${studentOf(note)}`
    : `${studentOf(id)} is who was ${studentOf(note)} before`;
}

/** Names in one column; of a first delivery the values that are not blank, of a removal without a last row nothing. */
function describeFields(fields: readonly FieldChange[], destroyedBy: string | undefined): string[] {
  if (destroyedBy !== undefined) return describeStruck(fields, destroyedBy);
  const shown = fields.filter(({ before, after }) => after !== null && !(before === null && after === ''));
  const width = Math.max(0, ...shown.map(({ field }) => field.length));
  return shown.map(({ field, before, after }) => {
    const values = before === null ? written(after) : `${written(before)} -> ${written(after)}`;
    return `${field.padEnd(width)}  ${values}`;
  });
}

/** What was sent is destroyed by retention, and that it was sent is not. */
function describeStruck(fields: readonly FieldChange[], destroyedBy: string): string[] {
  const names = fields.flatMap(({ field, after }) => (after === null ? [] : [field]));
  return names.length === 0 ? [] : [`${names.join(', ')}: values destroyed by ${destroyedBy}`];
}

function written(value: string | null): string {
  return value === null || value === '' ? '(blank)' : value;
}
