import type { ReviewKind } from '../vocabulary/review.ts';
import { writeCounted } from './plain-values.ts';
import type { Report } from './schema.ts';

/** The kinds that are about a record which waits; the others are about the run, or nobody waits for them. */
const OF_A_RECORD: Partial<Record<ReviewKind, readonly [one: string, many: string]>> = {
  match: ['likely match', 'likely matches'],
  difference: ['difference', 'differences'],
  reactivated: ['student active again', 'students active again'],
};

/** Records that wait, and what is asked about them: `2 likely matches, 1 difference`. */
export function countWaiting(report: Report): { records: number; about: string } {
  const held = Object.values(report.totals).reduce((sum, totals) => sum + totals.held, 0);
  const asked = Object.entries(OF_A_RECORD).map(([kind, words]) => ({ words, count: countOf(report, kind) }));
  const questions = asked.reduce((sum, { count }) => sum + count, 0);
  return {
    records: held > 0 ? held : questions,
    about: asked
      .filter(({ count }) => count > 0)
      .map(({ words, count }) => writeCounted(count, ...words))
      .join(', '),
  };
}

function countOf({ waiting = {} }: Report, kind: string): number {
  return Object.values(waiting).reduce((sum, counts) => sum + (counts[kind] ?? 0), 0);
}
