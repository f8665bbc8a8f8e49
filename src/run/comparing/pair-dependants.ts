import { pairRecords } from '../../compare/pair-records.ts';
import { FATES } from '../../tally/last-table.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';
import { studentOf } from '../../vocabulary/memory.ts';
import type { FileDraft } from '../drafting/file-draft.ts';
import { batchesOf, openDraftedReader } from '../drafting/read-drafted.ts';
import type { LastDelivered } from '../run-memory.ts';
import { unseenIds } from './unseen-ids.ts';

/**
 * A student's contacts have no ids of their own: what changed overnight is paired with what is left of last time.
 * @param isSame rows that go on unchanged already
 * @returns by row: the ledger's id of the record that it goes on
 */
export async function pairDependants(
  draft: FileDraft,
  last: LastDelivered,
  isSame: (row: number) => boolean,
): Promise<Map<number, string>> {
  const paired = new Map<number, string>();
  const left = await leftOfLast(last);
  if (left.size === 0) return paired;
  const tonight = leftOfTonight(draft, left, isSame);
  const numbers = new Map([...left.values()].flat().map(({ id, number }) => [id, number]));
  const fates = last.table.fates();
  for (const students of batchesOf(tonight.keys(), STUDENTS_AT_ONCE)) {
    for (const { row, id } of await pairStudents(students, { draft, last, left, tonight })) {
      paired.set(row, id);
      fates[numbers.get(id) ?? -1] = FATES.carried;
    }
  }
  return paired;
}

const STUDENTS_AT_ONCE = 500;

interface LeftRecord {
  id: string;
  number: number;
}

async function leftOfLast({ view, table }: LastDelivered): Promise<Map<string, LeftRecord[]>> {
  const left = new Map<string, LeftRecord[]>();
  for await (const batch of unseenIds({ view, table })) {
    for (const { id, number } of batch) {
      const student = studentOf(id);
      const known = left.get(student);
      if (known) known.push({ id, number });
      else left.set(student, [{ id, number }]);
    }
  }
  return left;
}

/** Only of students of whom something is left to pair with. */
function leftOfTonight(
  { roll }: FileDraft,
  left: ReadonlyMap<string, unknown>,
  isSame: (row: number) => boolean,
): Map<string, SettledEntry[]> {
  const tonight = new Map<string, SettledEntry[]>();
  for (const entry of roll.entries()) {
    if (entry.verdict.kind !== 'carried' || isSame(entry.row) || !left.has(entry.id)) continue;
    const known = tonight.get(entry.id);
    if (known) known.push(entry);
    else tonight.set(entry.id, [entry]);
  }
  return tonight;
}

interface Leftovers {
  draft: FileDraft;
  last: LastDelivered;
  left: ReadonlyMap<string, LeftRecord[]>;
  tonight: ReadonlyMap<string, SettledEntry[]>;
}

async function pairStudents(students: readonly string[], leftovers: Leftovers) {
  const { draft, last, left, tonight } = leftovers;
  const { readOne } = openDraftedReader(draft);
  const places = draft.rules.targets.map((target) => last.view.targets.indexOf(target));
  const ids = students.flatMap((student) => (left.get(student) ?? []).map(({ id }) => id));
  const records = await last.view.fetch(ids);
  return students.flatMap((student) => {
    const entries = tonight.get(student) ?? [];
    const mine = entries.map((entry) => ({ key: entry.content, values: readOne(entry) }));
    const others = (left.get(student) ?? []).map(({ id }) => {
      const values = records.get(id)?.values ?? [];
      return { key: id, values: places.map((place) => values[place] ?? '') };
    });
    return pairRecords(mine, others, new Set([student])).flatMap((to, at) => {
      const row = entries[at]?.row;
      const id = others[to ?? -1]?.key;
      return row === undefined || id === undefined ? [] : [{ row, id }];
    });
  });
}
