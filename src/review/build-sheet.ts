import { studentOf } from '../vocabulary/memory.ts';
import type { ReviewItem } from '../vocabulary/review.ts';
import { type AskedQuestion, mappedValue, type Questions } from './compile-questions.ts';
import { writeCell } from './protect-cell.ts';
import { writeKey } from './question-key.ts';
import { type ReviewColumn, type SheetColumn, sheetColumns } from './review-columns.ts';

/** The cells of the sheet, its header first: one row a question, in the order in which they are asked. */
export function* buildSheet(questions: Questions): Generator<string[]> {
  const columns = sheetColumns(questions.targets);
  yield columns.map(({ header }) => writeCell(header));
  for (const question of questions.asked) {
    const own = ownCells(question, questions.run);
    yield columns.map((column) => writeCell(cellOf(column, question, own)));
  }
}

/** `S-123: 93, same birth date | S-456: 71, same name` */
export function candidatesText({ candidates }: ReviewItem): string {
  return candidates
    .map(({ id, score, why }) => `${id}: ${[String(score), why].filter((part) => part !== '').join(', ')}`)
    .join(' | ');
}

function cellOf(
  column: SheetColumn,
  question: AskedQuestion,
  own: Readonly<Record<ReviewColumn, string>>,
): string {
  if ('is' in column) return own[column.is];
  const at = question.targets.indexOf(column.target);
  return at < 0 ? '' : (question.shown[at] ?? '');
}

/** What the sheet has in our own columns, before it is made safe for a spreadsheet. */
export function ownCells(question: AskedQuestion, run: string): Record<ReviewColumn, string> {
  const { item, answer, number, print } = question;
  return {
    decision: answer?.choice ?? '',
    kind: item.kind,
    file: item.file,
    student_id: studentOf(item.id),
    field: item.field,
    why: item.why,
    candidates: candidatesText(item),
    existing: item.existing,
    new: newValue(question),
    reason: answer?.reason ?? '',
    run,
    key: writeKey({ ...item, number, print }),
  };
}

/** Of a difference, what is shown for its field; blank otherwise. */
function newValue(question: AskedQuestion): string {
  const { item, targets, shown } = question;
  if (item.kind !== 'difference') return '';
  return shown[targets.indexOf(item.field)] ?? mappedValue(question, item.field);
}
