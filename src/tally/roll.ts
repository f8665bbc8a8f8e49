/**
 * Tally: the roll of a file, one entry a row.
 *
 * in:       each row's number, line, id, content and first verdict
 * out:      duplicates found, dependants of students settled, every row counted under exactly one verdict
 * promises: flat memory: the roll lies on disk and is settled in parts, however many rows there are
 * never:    lets a row end without a verdict or with two
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE } from '../files/write-whole.ts';
import { type BlockPlaces, movedEntries } from './entry-block.ts';
import { type RawEntry, readEntry, readKept, viewEntry, writeEntry } from './entry-bytes.ts';
import { CARRIED, type KeptEntry, type RollEntry, type RowTexts, type SettledEntry } from './roll-entry.ts';

export interface Roll {
  /** Rows are entered in their order; some may be left out. */
  enter(entry: RollEntry, texts: RowTexts): void;
  /** Entries of a block, in the same order as any; the texts that they name begin at these places. */
  enterBlock(entries: Buffer, places: BlockPlaces): void;
  /** Rows entered so far. */
  size(): number;
  /** What settling found later: a code of REVISIONS by row number; 0 where the first verdict stands. */
  revisions(): Uint8Array;
  /** The raw entries, for settling. */
  scan(): Generator<RawEntry>;
  /** Every entry with its final verdict, in order. */
  entries(): Generator<SettledEntry>;
  /** The same; of carried rows that are to be kept as they are only what that takes. */
  walk(isKept: (row: number) => boolean): Generator<SettledEntry | KeptEntry>;
  close(): void;
}

const BLOCK_BYTES = 1 << 20;
/** Room for one entry beyond a full block. */
const SPARE_BYTES = 4096;

export function openRoll(path: string): Roll {
  const file = openSync(path, 'w+', FILE_MODE);
  const block = Buffer.allocUnsafe(BLOCK_BYTES + SPARE_BYTES);
  let used = 0;
  let written = 0;
  let count = 0;
  let lastRow = 0;
  let revised = new Uint8Array(0);

  function flush(): void {
    try {
      writeSync(file, block, 0, used, written);
    } catch (cause) {
      throw diskError(`Cannot write ${path}`, cause);
    }
    written += used;
    used = 0;
  }

  function enter(entry: RollEntry, texts: RowTexts): void {
    if (used >= BLOCK_BYTES) flush();
    count++;
    lastRow = entry.row;
    used = writeEntry(block, used, entry, texts);
  }

  function enterBlock(entries: Buffer, places: BlockPlaces): void {
    for (const { row, start, end } of movedEntries(entries, places)) {
      if (used >= BLOCK_BYTES) flush();
      count++;
      lastRow = row;
      used += entries.copy(block, used, start, end);
    }
  }

  function* scan(): Generator<RawEntry> {
    flush();
    yield* scanFile(file, written);
  }

  return {
    enter,
    enterBlock,
    scan,
    size: () => count,
    revisions() {
      if (revised.length !== lastRow + 1) revised = new Uint8Array(lastRow + 1);
      return revised;
    },
    *entries() {
      for (const raw of scan()) yield readEntry(raw, revised[raw.row] ?? 0);
    },
    *walk(isKept) {
      for (const raw of scan()) yield readAsAsked(raw, revised[raw.row] ?? 0, isKept);
    },
    close: () => closeSync(file),
  };
}

function readAsAsked(
  raw: RawEntry,
  revision: number,
  isKept: (row: number) => boolean,
): SettledEntry | KeptEntry {
  const isCarried = raw.verdictCode === CARRIED && revision === 0;
  return isCarried && isKept(raw.row) ? readKept(raw) : readEntry(raw, revision);
}

function* scanFile(file: number, sizeBytes: number): Generator<RawEntry> {
  const bytes = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, sizeBytes));
  const entry: RawEntry = { row: 0, verdictCode: 0, bytes, keyAt: 0, studentAt: 0, contentAt: 0 };
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
