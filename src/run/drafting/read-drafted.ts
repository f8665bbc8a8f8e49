import type { AppendFile } from '../../files/append-file.ts';
import { compileReadRow } from '../../render/read-row.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';
import type { FileDraft } from './file-draft.ts';

/** Reads drafted records back: the values as the other side would get them. */
export function openDraftedReader({ outbound, plan, rules }: Pick<FileDraft, 'outbound' | 'plan' | 'rules'>) {
  const readRow = compileReadRow(plan.mapping.write, rules.targets);
  return {
    readOne: ({ outbound: span }: SettledEntry) => readRow(outbound.read(span).toString()),
    /** For records that are asked for in their order: of neighbours many are read at once. */
    openBatch(entries: readonly SettledEntry[]): (entry: SettledEntry) => string[] {
      const textOf = openTexts(entries, outbound);
      return (entry) => readRow(textOf(entry));
    },
  };
}

/** So much is read behind a record: some of its neighbours, and little where the next record is far away. */
const READ_AHEAD_BYTES = 8192;

function openTexts(entries: readonly SettledEntry[], file: AppendFile): (entry: SettledEntry) => string {
  const end = Math.max(0, ...entries.map(({ outbound: { offset, length } }) => offset + length));
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);
  return ({ outbound: { offset, length } }) => {
    if (offset < start || offset + length > start + bytes.length) {
      start = offset;
      bytes = file.read({ offset, length: Math.max(length, Math.min(READ_AHEAD_BYTES, end - offset)) });
    }
    return bytes.toString('utf8', offset - start, offset - start + length);
  };
}

/** So many entries are looked at together: enough to ask the ledger seldom, few enough to stay small. */
export const BATCH = 250;

/** @param weightOf how much of a batch an item takes */
export function* batchesOf<Item>(
  items: Iterable<Item>,
  size = BATCH,
  weightOf: (item: Item) => number = () => 1,
): Generator<Item[]> {
  let batch: Item[] = [];
  let weight = 0;
  for (const item of items) {
    batch.push(item);
    weight += weightOf(item);
    if (weight < size) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (batch.length > 0) yield batch;
}
