import type { Totals } from '../../src/vocabulary/totals.ts';

export function aTotals(change: Partial<Totals>): Totals {
  const none = {
    read: 0,
    rejected: 0,
    duplicate: 0,
    ineligible: 0,
    held: 0,
    carried: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    transferred: 0,
    promoted: 0,
    deactivated: 0,
    reactivated: 0,
    removed: 0,
    carried_forward: 0,
    delivered: 0,
  };
  return { ...none, ...change };
}
