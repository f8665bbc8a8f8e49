import { countWaiting } from './count-waiting.ts';
import { writeCounted } from './plain-values.ts';
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
  todo: string[];
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

/** A sentence of an error may end without its full stop. */
function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function listTodo(report: Report): string[] {
  const { id, outcome } = report.run;
  const todo: string[] = [...(report.imbalances ?? [])];
  if (report.error) todo.push(`${ended(report.error.message)} ${report.error.hint}`);
  const waits = describeWaiting(report);
  if (outcome === 'held') {
    todo.push(...(report.held?.reasons ?? []));
    todo.push(waits ?? `Look through it: rosterferry review ${id}`);
    todo.push(`Then release it: rosterferry approve ${id}`);
    todo.push(`Or cancel it: rosterferry cancel ${id} --reason "..."`);
  }
  const rejected = Object.values(report.totals).reduce((sum, totals) => sum + totals.rejected, 0);
  if (rejected > 0)
    todo.push(
      `Have ${writeCounted(rejected, 'rejected row')} mended at the source; exceptions.csv lists each.`,
    );
  if (waits !== undefined && outcome !== 'held') todo.push(waits);
  return todo;
}

/** Nobody has to decide about the records of a run that is over without a delivery. */
function describeWaiting(report: Report): string | undefined {
  const { id, outcome } = report.run;
  const { records, about } = countWaiting(report);
  if (records === 0 || outcome === 'failed' || outcome === 'cancelled') return undefined;
  const kinds = about === '' ? '' : ` (${about})`;
  if (outcome === 'dry_run') return `${writeCounted(records, 'record')} would wait for a person${kinds}.`;
  const [wait, them] = records === 1 ? ['waits', 'it'] : ['wait', 'them'];
  return `${writeCounted(records, 'record')} ${wait} for a person${kinds}: rosterferry review ${id} lists ${them}`;
}
