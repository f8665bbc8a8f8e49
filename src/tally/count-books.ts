import { emptyBooks, type FileBooks } from '../vocabulary/totals.ts';
import { placesOf } from './places-of.ts';
import type { Roll } from './roll.ts';
import { REVISIONS, verdictOf } from './roll-entry.ts';
import { SAME_AS_LAST } from './row-notes.ts';

/**
 * The books of a settled roll. `read` is what the parser counted, not what the roll holds, so that a row which
 * was read and never entered shows as an imbalance.
 */
export function countBooks(roll: Roll, rowsRead: number): FileBooks {
  const books = emptyBooks();
  books.totals.read = rowsRead;
  for (const [both, count] of countVerdicts(roll).entries()) {
    if (!count) continue;
    const verdict = verdictOf(Math.floor(both / REVISIONS.length), both % REVISIONS.length);
    books.totals[verdict.kind] += count;
    if (verdict.kind === 'ineligible') books.ineligible[verdict.reason] += count;
    if (verdict.kind === 'rejected')
      books.rejected[verdict.code] = (books.rejected[verdict.code] ?? 0) + count;
  }
  return books;
}

/** Rows by the code of their verdict and what settling found, both in one number. */
function countVerdicts(roll: Roll): number[] {
  const counts: number[] = [];
  for (const [code, rows] of roll.verdictCounts().entries())
    if (rows > 0) counts[code * REVISIONS.length] = rows;
  const revisions = roll.revisions();
  const verdicts = roll.verdicts();
  for (let revision = 1; revision < REVISIONS.length; revision++) {
    for (const row of placesOf(revisions, revision)) {
      const first = (((verdicts[row] ?? 0) & ~SAME_AS_LAST) - 1) * REVISIONS.length;
      counts[first] = (counts[first] ?? 0) - 1;
      counts[first + revision] = (counts[first + revision] ?? 0) + 1;
    }
  }
  return counts;
}
