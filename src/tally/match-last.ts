import { FATES, type FateCode, type LastTable } from './last-table.ts';
import type { Roll } from './roll.ts';
import { type RowVerdict, verdictOf } from './roll-entry.ts';

/** How a carried row stands to the last delivery. */
export const ACQUAINTANCE = { new: 0, known: 1, same: 2 } as const;

/**
 * Holds every row of a settled roll against the records of the last delivery. Writes into the table what became of
 * each record, and answers by row number what each carried row is: new, known, or the very same.
 */
export function matchLast(roll: Roll, table: LastTable): Uint8Array {
  const revisions = roll.revisions();
  const answers = new Uint8Array(revisions.length);
  if (table.size() === 0) return answers;
  const fates = table.fates();
  for (const entry of roll.scan()) {
    const fate = fateOf(verdictOf(entry.verdictCode, revisions[entry.row] ?? 0));
    // Of a student with many records, only what is carried can be told from the others.
    if (fate === FATES.absent || (table.kind === 'by_content' && fate !== FATES.carried)) continue;
    const number = table.find(entry);
    if (number < 0) continue;
    if (fate > (fates[number] ?? 0)) fates[number] = fate;
    if (fate !== FATES.carried) continue;
    const isSame = table.isSame(number, entry) && !table.isGone(number);
    answers[entry.row] = isSame ? ACQUAINTANCE.same : ACQUAINTANCE.known;
  }
  return answers;
}

/** A row that repeats another says nothing: the other one counts. */
function fateOf(verdict: RowVerdict): FateCode {
  if (verdict.kind === 'carried') return FATES.carried;
  if (verdict.kind === 'rejected') return FATES.rejected;
  if (verdict.kind === 'duplicate') return FATES.absent;
  if (verdict.kind === 'held') return FATES.held;
  return verdict.reason === 'school' ? FATES.school : FATES.ineligible;
}
