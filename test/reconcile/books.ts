import { emptyBooks, type FileBooks, type Totals } from '../../src/vocabulary/totals.ts';

/** Balanced books of one file, delivered in full, from the few counts that a test is about. */
export function balancedBooks(given: Partial<Totals> & { deactivationsSent?: number } = {}): FileBooks {
  const { deactivationsSent = 0, ...counts } = given;
  const books = emptyBooks();
  const totals = { ...books.totals, ...counts };
  totals.carried =
    totals.created +
    totals.updated +
    totals.unchanged +
    totals.transferred +
    totals.promoted +
    totals.deactivated +
    totals.reactivated;
  totals.read = totals.rejected + totals.duplicate + totals.ineligible + totals.held + totals.carried;
  totals.delivered = totals.carried + totals.carried_forward + deactivationsSent;
  return {
    totals,
    ineligible: { ...books.ineligible, age: totals.ineligible },
    rejected: totals.rejected > 0 ? { unknown_code: totals.rejected } : {},
    removed: { absent: totals.removed, ineligible: 0 },
  };
}
