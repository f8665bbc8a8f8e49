import { emptyBooks, type FileBooks } from '../vocabulary/totals.ts';
import type { Roll } from './roll.ts';
import { verdictOf } from './roll-entry.ts';

/**
 * The books of a settled roll. `read` is what the parser counted, not what the roll holds, so that a row which
 * was read and never entered shows as an imbalance.
 */
export function countBooks(roll: Roll, rowsRead: number): FileBooks {
  const books = emptyBooks();
  books.totals.read = rowsRead;
  const revisions = roll.revisions();
  for (const { verdictCode, row } of roll.scan()) {
    const verdict = verdictOf(verdictCode, revisions[row] ?? 0);
    books.totals[verdict.kind]++;
    if (verdict.kind === 'ineligible') books.ineligible[verdict.reason]++;
    if (verdict.kind === 'rejected') books.rejected[verdict.code] = (books.rejected[verdict.code] ?? 0) + 1;
  }
  return books;
}
