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
  if (outcome === 'held') {
    todo.push(...(report.held?.reasons ?? []));
    todo.push(`Then release it: rosterferry approve ${id}`);
    todo.push(`Or cancel it: rosterferry cancel ${id} --reason "..."`);
  }
  const sum = (total: 'rejected' | 'held') =>
    Object.values(report.totals).reduce((whole, totals) => whole + totals[total], 0);
  const rejected = sum('rejected');
  if (rejected > 0)
    todo.push(
      `Have ${writeCounted(rejected, 'rejected row')} mended at the source; exceptions.csv lists each.`,
    );
  const held = sum('held');
  if (held > 0) todo.push(`Decide about ${writeCounted(held, 'row')} that wait: rosterferry review ${id}`);
  return todo;
}
