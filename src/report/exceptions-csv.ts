import type { RowRemark } from '../vocabulary/row-remark.ts';
import { renderLines } from './csv-lines.ts';

/** One line of exceptions.csv: why a row, or one of its fields, was not carried. */
export interface ExceptionRow extends RowRemark {
  /** As it stood in the file. */
  value: string;
}

export const exceptionsHeader = renderLines([
  ['file', 'row', 'line', 'student_id', 'field', 'code', 'message', 'value'],
]);

/** The lines of these rows, without the header: hand over batches, and put them one after the other. */
export function renderExceptions(rows: readonly ExceptionRow[]): string {
  return renderLines(
    rows.map((one) => [
      one.file,
      one.row,
      one.line,
      one.studentId,
      one.field,
      one.code,
      one.message,
      one.value,
    ]),
  );
}
