import { emptyBooks, type Totals } from '../../src/vocabulary/totals.ts';

export function aTotals(change: Partial<Totals>): Totals {
  return { ...emptyBooks().totals, ...change };
}
