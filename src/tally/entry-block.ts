import {
  type EntryRoom,
  moveEntry,
  openEntryRoom,
  openRawEntry,
  viewEntry,
  writeEntry,
} from './entry-bytes.ts';
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
  let room = openEntryRoom(FIRST_BYTES);
  let used = 0;
  return {
    sizeBytes: () => used,
    enter(entry, texts) {
      if (used + SPARE_BYTES > room.bytes.length) room = widened(room);
      used = writeEntry(room, used, entry, texts);
    },
    enterBlock(entries, places) {
      if (used + entries.length > room.bytes.length) room = widened(room, used + entries.length);
      entries.copy(room.bytes, used);
      moveEntries(room.bytes.subarray(used, used + entries.length), places);
      used += entries.length;
    },
    take() {
      const whole = Buffer.allocUnsafeSlow(used);
      room.bytes.copy(whole, 0, 0, used);
      used = 0;
      return whole;
    },
  };
}

function widened({ bytes }: EntryRoom, least = bytes.length): EntryRoom {
  const wider = openEntryRoom(least * 2);
  bytes.copy(wider.bytes);
  return wider;
}

/** Moves the spans of the entries of a block to where they are now. */
export function moveEntries(bytes: Buffer, places: BlockPlaces): void {
  const entry = openRawEntry(bytes);
  let start = 0;
  for (let end = viewEntry(entry, 0, bytes.length); end >= 0; end = viewEntry(entry, start, bytes.length)) {
    moveEntry(entry, places);
    start = end;
  }
  if (start !== bytes.length) throw new RangeError('A block of the roll ends within an entry');
}
