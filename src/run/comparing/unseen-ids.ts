import { FATES } from '../../tally/last-table.ts';
import { batchesOf } from '../drafting/read-drafted.ts';
import type { LastDelivered } from '../run-memory.ts';

interface UnseenRecord {
  id: string;
  number: number;
  deactivated: boolean;
}

/** Records of the last delivery that no row was found for, by their number. */
export async function* unseenIds(last: LastDelivered): AsyncGenerator<UnseenRecord[]> {
  const { table } = last;
  const unseen = [...numbersUnseen(last)];
  const idsAreAtHand = unseen.every((number) => table.studentOf(number) !== undefined);
  if (idsAreAtHand) yield* batchesOf(unseen.values().map((number) => recordOf(last, number, '')));
  else yield* lookUp(last);
}

function* numbersUnseen({ table }: LastDelivered): Generator<number> {
  const fates = table.fates();
  for (let number = 0; number < fates.length; number++) if (fates[number] !== FATES.carried) yield number;
}

function recordOf({ table }: LastDelivered, number: number, id: string): UnseenRecord {
  return { id: table.studentOf(number) ?? id, number, deactivated: table.isGone(number) };
}

/** Long ids, and those of records of which a student may have many, stand in the ledger alone. */
async function* lookUp(last: LastDelivered): AsyncGenerator<UnseenRecord[]> {
  const fates = last.table.fates();
  let number = 0;
  for await (const batch of last.view.index()) {
    const first = number;
    number += batch.length;
    const unseen = batch.flatMap(({ id }, at) =>
      fates[first + at] === FATES.carried ? [] : [recordOf(last, first + at, id)],
    );
    if (unseen.length > 0) yield unseen;
  }
}
