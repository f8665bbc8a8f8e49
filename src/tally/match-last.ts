import { HASH_BYTES } from './key-bytes.ts';
import { FATES, type FateCode, type LastTable } from './last-table.ts';
import type { Roll } from './roll.ts';
import { REVISIONS, type RowVerdict, verdictOf } from './roll-entry.ts';
import { SAME_AS_LAST } from './row-notes.ts';

/** How a settled roll stands to the last delivery. */
export interface LastMatch {
  /** Of each carried row, by row number: ACQUAINTANCE. */
  answers: Uint8Array;
  /** By row number the record that it is about, counted from 1; of others than carried rows it may be missing. */
  records: Int32Array;
  /** The rows that are the very same, under the schools of their records. */
  sameBySchool: ReadonlyMap<string, number>;
}

/** How a carried row stands to the last delivery. */
export const ACQUAINTANCE = { new: 0, known: 1, same: 2 } as const;

/**
 * Holds every row of a settled roll against the records of the last delivery. Writes into the table what became of
 * each record, and answers what each carried row is: new, known, or the very same.
 */
export function matchLast(roll: Roll, table: LastTable): LastMatch {
  const revisions = roll.revisions();
  const records = roll.records();
  const answers = new Uint8Array(revisions.length);
  if (table.size() === 0) return { answers, records, sameBySchool: new Map() };
  const same = table.openSchoolCount();
  const fates = table.fates();
  const fateOf = compileFate();
  const book = (row: number, fate: FateCode, number: number, isSame: boolean): void => {
    if (fate > (fates[number] ?? 0)) fates[number] = fate;
    if (fate !== FATES.carried) return;
    answers[row] = isSame ? ACQUAINTANCE.same : ACQUAINTANCE.known;
    if (isSame) same.add(number);
  };
  if (roll.met()?.table === table) {
    const verdicts = roll.verdicts();
    for (let row = 1; row < revisions.length; row++) {
      const number = (records[row] ?? 0) - 1;
      if (number < 0) continue;
      const verdict = verdicts[row] ?? 0;
      const fate = fateOf((verdict & ~SAME_AS_LAST) - 1, revisions[row] ?? 0);
      if (fate !== FATES.absent) book(row, fate, number, verdict >= SAME_AS_LAST);
    }
    return { answers, records, sameBySchool: same.read() };
  }
  for (const entry of roll.scan()) {
    const { row, view, studentAt } = entry;
    const fate = fateOf(entry.verdictCode, revisions[row] ?? 0);
    // Of a student with many records, only what is carried can be told from the others.
    if (fate === FATES.absent || (table.kind === 'by_content' && fate !== FATES.carried)) continue;
    const number = table.find(entry);
    if (number < 0) continue;
    records[row] = number + 1;
    book(row, fate, number, table.isSame(number, view, studentAt + HASH_BYTES));
  }
  return { answers, records, sameBySchool: same.read() };
}

/** There are few verdicts, and very many rows: what each means is asked once. */
function compileFate(): (verdictCode: number, revision: number) => FateCode {
  const known: FateCode[] = [];
  return (verdictCode, revision) => {
    const both = verdictCode * REVISIONS.length + revision;
    known[both] ??= fateOfVerdict(verdictOf(verdictCode, revision));
    return known[both];
  };
}

/** A row that repeats another says nothing: the other one counts. */
function fateOfVerdict(verdict: RowVerdict): FateCode {
  if (verdict.kind === 'carried') return FATES.carried;
  if (verdict.kind === 'rejected') return FATES.rejected;
  if (verdict.kind === 'duplicate') return FATES.absent;
  if (verdict.kind === 'held') return FATES.held;
  return verdict.reason === 'school' ? FATES.school : FATES.ineligible;
}
