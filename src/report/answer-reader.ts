import { countWaiting } from './count-waiting.ts';
import { ended, writeCounted } from './plain-values.ts';
import { OUTCOME_WORDS } from './report-words.ts';
import type { Report } from './schema.ts';

export type Tone = 'good' | 'bad' | 'waits' | 'plain';

export interface Answer {
  tone: Tone;
  text: string;
}

/** The three questions that everybody who opens a report has. */
export interface Answers {
  /** Did it go out? */
  wentOut: Answer;
  /** Do the books balance? */
  balance: Answer;
  /** What does a person have to do? Empty when nothing. */
  todo: Todo[];
}

export interface Todo {
  text: string;
  /** To be typed as it stands. */
  command?: string;
  /** What the command does, after it. */
  after?: string;
}

/** The whole as one line. */
export function writeTodo({ text, command, after }: Todo): string {
  return [text, command, after].filter((part) => part !== undefined).join(' ');
}

export function answerReader(report: Report): Answers {
  return { wentOut: answerWentOut(report), balance: answerBalance(report), todo: listTodo(report) };
}

function answerWentOut(report: Report): Answer {
  const { outcome } = report.run;
  const rows = report.outputs.reduce((sum, output) => sum + output.rows, 0);
  const what = `${writeCounted(rows, 'row')} in ${writeCounted(report.outputs.length, 'file')}`;
  switch (outcome) {
    case 'delivered':
      return { tone: 'good', text: `${OUTCOME_WORDS[outcome]}: ${what}.` };
    case 'dry_run':
      return { tone: 'plain', text: `${OUTCOME_WORDS[outcome]}. ${what} would go out.` };
    case 'held':
      return { tone: 'waits', text: `${OUTCOME_WORDS[outcome]}. ${what} wait for a person.` };
    case 'failed':
      return { tone: 'bad', text: `${OUTCOME_WORDS[outcome]}.` };
    default:
      return { tone: 'plain', text: `${OUTCOME_WORDS[outcome]}.` };
  }
}

function answerBalance(report: Report): Answer {
  const files = Object.values(report.totals);
  const read = files.reduce((sum, totals) => sum + totals.read, 0);
  if (files.length === 0 || (read === 0 && report.run.outcome === 'failed'))
    return { tone: 'plain', text: 'There are no books: the run ended before a row was read.' };
  if (!report.balanced) return { tone: 'bad', text: 'No. The totals do not add up.' };
  return { tone: 'good', text: `Yes. Every one of ${writeCounted(read, 'row')} read is accounted for.` };
}

/** More reasons than a screen holds are one school after the other; the safeguards list them all. */
const REASONS_SHOWN = 12;

function listTodo(report: Report): Todo[] {
  const { outcome } = report.run;
  const todo: Todo[] = (report.imbalances ?? []).map((text) => ({ text }));
  if (report.error) todo.push({ text: `${ended(report.error.message)} ${report.error.hint}` });
  const waits = describeWaiting(report);
  if (outcome === 'held') todo.push(...listHeld(report, waits));
  const rejected = Object.values(report.totals).reduce((sum, totals) => sum + totals.rejected, 0);
  if (rejected > 0)
    todo.push({
      text: `Have ${writeCounted(rejected, 'rejected row')} mended at the source; exceptions.csv lists each.`,
    });
  if (waits !== undefined && outcome !== 'held') todo.push(waits);
  return todo;
}

function listHeld({ run: { id }, held }: Report, waits: Todo | undefined): Todo[] {
  const reasons = held?.reasons ?? [];
  const more = reasons.length - REASONS_SHOWN;
  return [
    ...reasons.slice(0, REASONS_SHOWN).map((text) => ({ text })),
    ...(more > 0 ? [{ text: `And ${writeCounted(more, 'more reason')}; the safeguards list them.` }] : []),
    waits ?? { text: 'Look through it:', command: `rosterferry review ${id}` },
    { text: 'Then release it:', command: `rosterferry approve ${id}` },
    { text: 'Or cancel it:', command: `rosterferry cancel ${id} --reason "..."` },
  ];
}

/** Nobody has to decide about the records of a run that is over without a delivery. */
function describeWaiting(report: Report): Todo | undefined {
  const { id, outcome } = report.run;
  const { records, about } = countWaiting(report);
  if (records === 0 || outcome === 'failed' || outcome === 'cancelled') return undefined;
  const kinds = about === '' ? '' : ` (${about})`;
  if (outcome === 'dry_run')
    return { text: `${writeCounted(records, 'record')} would wait for a person${kinds}.` };
  const [wait, them] = records === 1 ? ['waits', 'it'] : ['wait', 'them'];
  return {
    text: `${writeCounted(records, 'record')} ${wait} for a person${kinds}:`,
    command: `rosterferry review ${id}`,
    after: `lists ${them}`,
  };
}
