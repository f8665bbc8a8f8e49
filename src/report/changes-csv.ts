import { renderLines } from './csv-lines.ts';

/** One line of changes.csv: one field of one student, before and after. */
export interface ChangeRow {
  studentId: string;
  change: string;
  field: string;
  before: string;
  after: string;
}

export const changesHeader = renderLines([['student_id', 'change', 'field', 'before', 'after']]);

/** The lines of these rows, without the header: hand over batches, and put them one after the other. */
export function renderChanges(rows: readonly ChangeRow[]): string {
  return renderLines(rows.map((one) => [one.studentId, one.change, one.field, one.before, one.after]));
}
