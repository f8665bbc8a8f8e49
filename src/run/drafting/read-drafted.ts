import type { AppendFile } from '../../files/append-file.ts';
import { compileReadRow } from '../../render/read-row.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';
import type { FileDraft } from './file-draft.ts';

/** Reads drafted records back: the values as the other side would get them. */
export function openDraftedReader({ outbound, plan, rules }: Pick<FileDraft, 'outbound' | 'plan' | 'rules'>) {
  const readRow = compileReadRow(plan.mapping.write, rules.targets);
  return {
    readOne: ({ outbound: span }: SettledEntry) => readRow(outbound.read(span).toString()),
    /** For records that lie together: the file is read once for all of them. */
    openBatch(entries: readonly SettledEntry[]): (entry: SettledEntry) => string[] {
      const textOf = openTexts(entries, outbound);
      return (entry) => readRow(textOf(entry));
    },
  };
}

function openTexts(entries: readonly SettledEntry[], file: AppendFile): (entry: SettledEntry) => string {
  const spans = entries.map(({ outbound }) => outbound).filter(({ length }) => length > 0);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return () => '';
  const start = first.offset;
  const bytes = file.read({ offset: start, length: last.offset + last.length - start });
  return ({ outbound: { offset, length } }) =>
    bytes.toString('utf8', offset - start, offset - start + length);
}

/** So many entries are looked at together: enough to ask the ledger seldom, few enough to stay small. */
export const BATCH = 250;

export function* batchesOf<Item>(items: Iterable<Item>, size = BATCH): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
