import type { ExceptionRow } from '../../report/exceptions-csv.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import type { BookedJudgement } from './judge-row.ts';

const ASIDE = 'Another row of the student is the primary one.';

/**
 * The lines of exceptions.csv of a row that is not carried at first sight. A row that was taken into the record of
 * another one has none: what it says goes out.
 */
export function exceptionsOf(
  file: string,
  row: SourceRow,
  judgement: Exclude<BookedJudgement, { kind: 'carried' }>,
): ExceptionRow[] {
  const place = { file, row: row.row, line: row.line, studentId: judgement.id };
  if (judgement.kind === 'ineligible') {
    return [{ ...place, field: '', code: judgement.reason, message: judgement.rule, value: '' }];
  }
  if (judgement.kind === 'folded')
    return judgement.isAside ? [{ ...place, field: '', code: 'not_primary', message: ASIDE, value: '' }] : [];
  if (judgement.kind === 'held')
    return judgement.questions.map(({ field, why }) => ({
      ...place,
      field,
      code: 'held',
      message: why,
      value: '',
    }));
  return judgement.findings.map(({ field, code, message, value }) => ({
    ...place,
    field,
    code,
    message,
    value,
  }));
}
