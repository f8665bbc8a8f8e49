import type { MatchResolution } from '../../compare/decide-match.ts';
import { DOUBLE_CLAIM } from '../../compare/find-double-claims.ts';
import type { SettledRecord } from '../../compare/settle-differences.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';

/** The record that is asked about; `values` as it was mapped. */
export interface AskedRecord {
  file: string;
  id: string;
  values: readonly string[];
  doubt?: string | undefined;
}

type Hold = Extract<MatchResolution, { kind: 'hold' }>;

/** Who is it? */
export function askMatch(record: AskedRecord, { why, candidates, holds }: Hold): ReviewItem {
  return {
    ...plain(record, 'match'),
    why,
    candidates: candidates.map(({ id, score, why: reasons }) => ({
      id,
      score,
      why: reasons.map(({ words }) => words).join(', '),
    })),
    choices: ['match', 'new', 'leave_out'],
    holdsRun: holds === 'run',
  };
}

/** Two records would become one student. One whose id says that it is this student cannot be a new one. */
export function askClaim(
  record: AskedRecord,
  claim: { studentId: string; by: 'identify' | 'decision'; holds: 'run' | 'record' },
): ReviewItem {
  const { studentId, by, holds } = claim;
  const why = by === 'identify' ? 'same id' : 'decided before';
  return {
    ...plain(record, 'match'),
    why: [DOUBLE_CLAIM, record.doubt].filter((part) => part !== undefined).join(' '),
    candidates: [{ id: studentId, score: 100, why }],
    choices: by === 'identify' ? ['match', 'leave_out'] : ['match', 'new', 'leave_out'],
    holdsRun: holds === 'run',
  };
}

/** One question a field in which both sides have a value and nobody has said whose wins. */
export function askDifferences(
  record: AskedRecord,
  { conflicts, isOpen }: Pick<SettledRecord, 'conflicts' | 'isOpen'>,
): ReviewItem[] {
  if (!isOpen) return [];
  return conflicts
    .filter(({ kept }) => kept === undefined)
    .map(({ field, existing }) => ({
      ...plain(record, 'difference'),
      field,
      existing,
      why: [DIFFERENCE, record.doubt].filter((part) => part !== undefined).join(' '),
      choices: ['new', 'keep_existing', 'value', 'leave_out'],
    }));
}

export const DIFFERENCE =
  'The other side has another value in this field; a person decides which one is sent.';

function plain({ file, id, values }: AskedRecord, kind: 'match' | 'difference'): ReviewItem {
  return {
    ...{ kind, file, id, values, field: '', why: '', existing: '' },
    candidates: [],
    choices: [],
    holdsRun: false,
  };
}
