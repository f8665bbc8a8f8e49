import type { Change } from '../vocabulary/verdict.ts';

/** Where nothing was delivered before, every record is new. */
export function compareWithNothing(carried: number): Record<Change, number> {
  return {
    reactivated: 0,
    deactivated: 0,
    transferred: 0,
    promoted: 0,
    updated: 0,
    created: carried,
    unchanged: 0,
  };
}
