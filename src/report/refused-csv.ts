import { renderLines } from './csv-lines.ts';

/** A student whom the importing system refused last. */
export interface RefusedRow {
  id: string;
  /** ISO 8601 with offset: when it was first read that they are refused, and the run that was answered so. */
  since: string;
  sinceRun: string;
  /** In its words. */
  status: string;
  message: string;
}

/** refused.csv: who is refused still when a run begins. */
export function renderRefused(students: readonly RefusedRow[]): string {
  return renderLines([
    ['student_id', 'since', 'run', 'status', 'message'],
    ...students.map(({ id, since, sinceRun, status, message }) => [id, since, sinceRun, status, message]),
  ]);
}
