import type { DeliveredView } from '../ledger/ledger.ts';
import type { IndexCopy, IndexEntry } from '../ledger/snapshot/index-copy.ts';
import { copyTable, openCopiedTable, TABLE_FORM } from '../tally/copy-table.ts';
import { type LastRecord, type LastTable, openLastTable } from '../tally/last-table.ts';
import { studentOf } from '../vocabulary/memory.ts';

/** More than that takes longer to look up, night for night, than to write a new copy. */
const MANY_CHANGED = { least: 1000, part: 1 / 50 };

/** The last delivery of a file as a table: from its copy where there is one, else record by record. */
export async function loadLast(view: DeliveredView, isOfStudent: boolean): Promise<LastTable> {
  if (view.copy && !isOfStudent) return loadCopied(view.copy, view);
  const table = openLastTable(isOfStudent ? 'by_content' : 'by_student', view.count);
  for await (const batch of view.index()) {
    for (const entry of batch) {
      const record = recordOf(entry);
      table.add(isOfStudent ? { ...record, student: studentOf(entry.id) } : record);
    }
  }
  return table;
}

/** A copy that is missing, or since which much has changed, is made anew at once: of a table that is in memory anyway. */
async function loadCopied(copy: IndexCopy, view: DeliveredView): Promise<LastTable> {
  const kept = await copy.read(TABLE_FORM);
  const changed = kept?.changed.map(({ number, entry }) => ({ number, record: entry && recordOf(entry) }));
  const opened = kept && changed && openCopiedTable({ ...kept, changed });
  const read = opened ?? (await readNumbered(copy, view));
  const many = Math.max(MANY_CHANGED.least, read.table.size() * MANY_CHANGED.part);
  const isFresh = opened && kept.changed.length <= many;
  if (!isFresh) await keepCopy(copy, read);
  return read.table;
}

/** At the end of a run, when nobody waits for it any more: so that the next one, the second night above all, finds a copy. */
export async function copyLast(view: DeliveredView): Promise<void> {
  const { copy } = view;
  if (copy && !(await copy.isMeant())) await keepCopy(copy, await readNumbered(copy, view));
}

async function keepCopy(copy: IndexCopy, read: { table: LastTable; numbers: Uint32Array }): Promise<void> {
  const columns = copyTable(read.table);
  if (columns) await copy.keep(TABLE_FORM, { numbers: read.numbers, columns });
}

async function readNumbered(copy: IndexCopy, { count }: DeliveredView) {
  const table = openLastTable('by_student', count);
  let numbers = new Uint32Array(count);
  for await (const batch of copy.walk()) {
    for (const { number, entry } of batch) {
      if (table.size() === numbers.length) numbers = widen(numbers);
      numbers[table.size()] = number;
      table.add(recordOf(entry));
    }
  }
  return { table, numbers: numbers.subarray(0, table.size()) };
}

function widen(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(numbers.length * 2 + 1);
  wider.set(numbers);
  return wider;
}

function recordOf({ id, mapped, school, deactivated }: IndexEntry): LastRecord {
  return { student: id, mapped, school, isGone: deactivated };
}
