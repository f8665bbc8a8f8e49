import type { Acknowledgement } from '../archive/schema.ts';
import type { RefusedStudent } from '../ledger/answer-memory.ts';
import { writeCount, writeCounted } from '../report/plain-values.ts';
import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './act.ts';
import { paint, printLine } from './print.ts';
import { printTable } from './print-table.ts';

/** What the importing system answered to one run, in numbers. */
export function printAcknowledgement(context: CliContext, record: Acknowledgement): void {
  const { file, run, acknowledgement, students, rows, unclear, still_refused } = record;
  printLine(context, `${paint('bold', visibleText(file), context.stdout)} answers ${run}`);
  printLine(
    context,
    `  ${writeCounted(rows.read, 'row')}: ${writeCounted(students.accepted, 'student')} accepted, ${writeCount(students.refused)} refused, ${writeCounted(rows.unclear, 'row')} unclear`,
  );
  const why = Object.entries(unclear).map(([code, count]) => `${code} ${writeCount(count)}`);
  if (why.length > 0)
    printLine(context, `  Unclear: ${why.join(', ')}; exceptions.csv of ${acknowledgement} names them`);
  if (still_refused > 0)
    printLine(
      context,
      `  Refused and not accepted since: ${writeCounted(still_refused, 'student')}; --refused lists them`,
    );
}

export function printRefused(context: CliContext, students: readonly RefusedStudent[]): void {
  if (students.length === 0) {
    printLine(context, 'No student is refused.');
    return;
  }
  printTable(
    context,
    ['student', 'since', 'run', 'status', 'message'],
    students.map(({ id, since, sinceRun, status, message }) => [
      id,
      since.slice(0, 10),
      sinceRun,
      status,
      message,
    ]),
  );
}

export function refusedDocument({
  id,
  since,
  sinceRun,
  status,
  message,
  acknowledgement,
}: RefusedStudent): object {
  return { student_id: id, since, since_run: sinceRun, status, message, acknowledgement: acknowledgement.id };
}
