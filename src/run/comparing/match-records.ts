import { FATES, type LastTable } from '../../tally/last-table.ts';
import { ACQUAINTANCE, matchLast } from '../../tally/match-last.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';
import type { FileDraft } from '../drafting/file-draft.ts';
import type { LastDelivered } from '../run-memory.ts';
import { pairDependants } from './pair-dependants.ts';

/** Which record of the last delivery each carried row goes on. */
export interface RecordMatches {
  /** Nothing about the row changed, so that nobody needs to look at it. */
  isSame(row: number): boolean;
  /** How many of these there are of each school. */
  sameBySchool: ReadonlyMap<string, number>;
  /** The school of the record that the row goes on. */
  schoolOf(row: number): string;
  /** The id under which the record was last delivered, or undefined where it never was. */
  lastIdOf(entry: SettledEntry): string | undefined;
}

/** Also writes into the table what became of each record in this drop. */
export async function matchRecords(draft: FileDraft, last: LastDelivered): Promise<RecordMatches> {
  const { roll } = draft;
  const { table, view } = last;
  const { answers, records, sameBySchool } = matchLast(roll, table);
  const isSame = (row: number) => answers[row] === ACQUAINTANCE.same;
  const schoolOf = (row: number) => table.schoolOf((records[row] ?? 0) - 1);
  const same = { isSame, sameBySchool, schoolOf };
  if (table.size() === 0) return { ...same, lastIdOf: () => undefined };
  if (table.kind === 'by_content') {
    const paired = await pairDependants(draft, { view, table }, isSame);
    return { ...same, lastIdOf: ({ row }) => paired.get(row) };
  }
  const previous =
    draft.plan.mapping.identity.previous_id === undefined ? NOBODY : linkPrevious(draft, table);
  return {
    ...same,
    lastIdOf: ({ row, id }) => (answers[row] === ACQUAINTANCE.known ? id : previous.get(row)),
  };
}

const NOBODY: ReadonlyMap<number, string> = new Map();

/** A new id whose previous one was delivered and is not in the drop any more: the same student goes on. */
function linkPrevious({ roll }: FileDraft, table: LastTable): Map<number, string> {
  const linked = new Map<number, string>();
  const fates = table.fates();
  for (const { row, id, previousId, verdict } of roll.entries()) {
    const goesOn = verdict.kind === 'carried' || verdict.kind === 'held';
    if (!goesOn || previousId === '' || previousId === id) continue;
    if (table.findStudent(id) >= 0) continue;
    const number = table.findStudent(previousId);
    if (number < 0 || fates[number] !== FATES.absent) continue;
    fates[number] = FATES[verdict.kind];
    if (verdict.kind === 'carried') linked.set(row, previousId);
  }
  return linked;
}
