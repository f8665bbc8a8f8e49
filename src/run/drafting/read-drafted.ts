import type { AppendFile, Span } from '../../files/append-file.ts';
import { compileReadRow } from '../../render/read-row.ts';
import type { WriteSettings } from '../../render/schema.ts';
import type { SettledEntry } from '../../tally/roll-entry.ts';

/** As much of a FileDraft as is read. */
interface DraftedRows {
  outbound: Lines;
  plan: { mapping: { write: WriteSettings } };
  rules: { targets: readonly string[] };
}

type Lines = Pick<AppendFile, 'read'>;
/** How a record went out. */
type Drafted = Pick<SettledEntry, 'outbound'>;

/** Reads drafted records back: the values as the other side would get them. */
export function openDraftedReader({ outbound, plan, rules }: DraftedRows) {
  const readRow = compileReadRow(plan.mapping.write, rules.targets);
  return {
    readOne: ({ outbound: span }: Drafted) => readRow(outbound.read(span).toString()),
    /** For records that are asked for in their order: neighbours are read at once. */
    openBatch(entries: readonly Drafted[]): (entry: Drafted) => string[] {
      const textOf = openTexts(entries, outbound);
      return (entry) => readRow(textOf(entry));
    },
  };
}

/** Records with less than this between them are read together: to ask the system once more costs as much. */
const NEAR_BYTES = 2048;
const MOST_READ_BYTES = 1 << 16;

function openTexts(entries: readonly Drafted[], file: Lines): (entry: Drafted) => string {
  let next = 0;
  let start = 0;
  let bytes: Buffer = Buffer.alloc(0);

  function readFrom({ offset, length }: Span): void {
    let end = offset + length;
    for (; next < entries.length; next++) {
      const one = entries[next]?.outbound;
      if (!one || one.offset < offset) continue;
      const itsEnd = one.offset + one.length;
      if (one.offset > end + NEAR_BYTES || itsEnd > offset + MOST_READ_BYTES) break;
      end = Math.max(end, itsEnd);
    }
    start = offset;
    bytes = file.read({ offset, length: end - offset });
  }

  return ({ outbound }) => {
    const { offset, length } = outbound;
    if (offset < start || offset + length > start + bytes.length) readFrom(outbound);
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
