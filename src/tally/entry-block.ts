import { moveEntry, openRawEntry, viewEntry, writeEntry } from './entry-bytes.ts';
import type { RollEntry, RowTexts } from './roll-entry.ts';

/** Entries of a roll that are written in memory, to be entered elsewhere. */
export interface EntryBlock {
  enter(entry: RollEntry, texts: RowTexts): void;
  /** Entries that were written elsewhere; the texts that they name begin at these places. */
  enterBlock(entries: Buffer, places: BlockPlaces): void;
  sizeBytes(): number;
  /** What was entered since the last time; it is the caller's now. */
  take(): Buffer<ArrayBuffer>;
}

/** Where the texts of a block begin in the files of the drafts. */
export interface BlockPlaces {
  outbound: number;
  exceptions: number;
}

const FIRST_BYTES = 1 << 16;
/** Room for one entry. */
const SPARE_BYTES = 4096;

export function openEntryBlock(): EntryBlock {
  let block = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let used = 0;
  return {
    sizeBytes: () => used,
    enter(entry, texts) {
      if (used + SPARE_BYTES > block.length) block = Buffer.concat([block], block.length * 2);
      used = writeEntry(block, used, entry, texts);
    },
    enterBlock(entries, places) {
      if (used + entries.length > block.length) block = Buffer.concat([block], (used + entries.length) * 2);
      entries.copy(block, used);
      moveEntries(block.subarray(used, used + entries.length), places);
      used += entries.length;
    },
    take() {
      const whole = Buffer.allocUnsafeSlow(used);
      block.copy(whole, 0, 0, used);
      used = 0;
      return whole;
    },
  };
}

function moveEntries(entries: Buffer, places: BlockPlaces): void {
  const moved = movedEntries(entries, places);
  while (!moved.next().done);
}

/** The entries of a block, their spans moved to where they are now; where each begins and ends in it. */
export function* movedEntries(
  bytes: Buffer,
  places: BlockPlaces,
): Generator<{ row: number; start: number; end: number }> {
  const entry = openRawEntry(bytes);
  let start = 0;
  for (let end = viewEntry(entry, 0, bytes.length); end >= 0; end = viewEntry(entry, start, bytes.length)) {
    moveEntry(bytes, start, places);
    yield { row: entry.row, start, end };
    start = end;
  }
  if (start !== bytes.length) throw new RangeError('A block of the roll ends within an entry');
}
