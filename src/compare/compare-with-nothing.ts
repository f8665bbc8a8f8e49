/**
 * Compare: what each carried record is against what was last delivered for its id.
 *
 * in:       carried records, and what was last delivered
 * out:      each record exactly one of created, updated, unchanged, transferred, promoted, deactivated, reactivated
 * promises: the kinds add up to the records carried
 * never:    reads a file or a clock
 */
import type { Change } from '../vocabulary/verdict.ts';

/** Where nothing was delivered before, every record is new. */
export function compareWithNothing(carried: number): Record<Change, number> {
  return { reactivated: 0, deactivated: 0, transferred: 0, promoted: 0, updated: 0, created: carried, unchanged: 0 };
}
