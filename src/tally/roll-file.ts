import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE } from '../files/write-whole.ts';
import { openEntryRoom, openRawEntry, type RawEntry, viewEntry, writeEntry } from './entry-bytes.ts';
import type { RollEntry, RowTexts } from './roll-entry.ts';

/** The entries of a roll on disk, in the order in which they were entered. */
export interface RollFile {
  enter(entry: RollEntry, texts: RowTexts): void;
  /** Whole entries, as they are to lie on disk. */
  enterAll(entries: Buffer): void;
  /** Everything onto the disk, and seen. */
  flush(): void;
  scan(): Generator<RawEntry>;
  close(): void;
}

/** Small enough to stay where the processor has it at hand, for those who look at the entries once more. */
const BLOCK_BYTES = 1 << 17;
/** Room for one entry beyond a full block. */
const SPARE_BYTES = 4096;
/** Fewer bytes are put behind others, and more are written from where they lie. */
const WORTH_WRITING_BYTES = 1 << 14;

/** @param onEntries sees every entry once, in order, while it is in memory: those from the beginning of the bytes to `end` */
export function openRollFile(path: string, onEntries: (first: RawEntry, end: number) => void): RollFile {
  const file = openSync(path, 'w+', FILE_MODE);
  // Nobody else reads it: what it took is free again when it is closed, also by a process that was killed.
  unlinkSync(path);
  const room = openEntryRoom(BLOCK_BYTES + SPARE_BYTES);
  const own = openRawEntry(room.bytes);
  let used = 0;
  let written = 0;

  function write(bytes: Buffer, length: number): void {
    try {
      for (let at = 0; at < length; ) at += writeSync(file, bytes, at, length - at, written + at);
    } catch (cause) {
      throw diskError(`Cannot write ${path}`, cause);
    }
    written += length;
  }

  function flush(): void {
    if (used === 0) return;
    onEntries(own, used);
    write(room.bytes, used);
    used = 0;
  }

  return {
    flush,
    enter(entry, texts) {
      if (used >= BLOCK_BYTES) flush();
      used = writeEntry(room, used, entry, texts);
    },
    enterAll(entries) {
      if (used + entries.length > BLOCK_BYTES) flush();
      if (entries.length < WORTH_WRITING_BYTES) {
        used += entries.copy(room.bytes, used);
        return;
      }
      flush();
      onEntries(openRawEntry(entries), entries.length);
      write(entries, entries.length);
    },
    scan() {
      flush();
      return scanFile(file, written);
    },
    close: () => closeSync(file),
  };
}

function* scanFile(file: number, sizeBytes: number): Generator<RawEntry> {
  const bytes = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, sizeBytes));
  const entry = openRawEntry(bytes);
  let position = 0;
  let held = 0;
  while (position < sizeBytes) {
    const got = readSync(file, bytes, held, Math.min(bytes.length - held, sizeBytes - position), position);
    position += got;
    const end = held + got;
    let at = 0;
    for (let next = viewEntry(entry, at, end); next >= 0; next = viewEntry(entry, at, end)) {
      yield entry;
      at = next;
    }
    bytes.copy(bytes, 0, at, end);
    held = end - at;
  }
}
