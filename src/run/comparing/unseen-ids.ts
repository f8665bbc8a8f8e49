import type { DeliveredView } from '../../ledger/ledger.ts';
import { FATES } from '../../tally/last-table.ts';

/** Ids of the records of the last delivery that no row was found for, by their number. */
export async function* unseenIds(
  view: DeliveredView,
  fates: Uint8Array,
): AsyncGenerator<{ id: string; number: number; deactivated: boolean }[]> {
  let number = 0;
  for await (const batch of view.index()) {
    const unseen = batch.flatMap(({ id, deactivated }, at) =>
      fates[number + at] === FATES.carried ? [] : [{ id, number: number + at, deactivated }],
    );
    number += batch.length;
    if (unseen.length > 0) yield unseen;
  }
}
