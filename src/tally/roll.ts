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
import {
  joinKept,
  openRawEntry,
  type RawEntry,
  readEntry,
  readOutbound,
  viewEntry,
  writeEntry,
} from './entry-bytes.ts';
import { CARRIED, type KeptRows, type RollEntry, type RowTexts, type SettledEntry } from './roll-entry.ts';

export interface Roll {
  /** Rows are entered in their order; some may be left out. */
  enter(entry: RollEntry, texts: RowTexts): void;
  /** Entries of a block, in the same order as any; the texts that they name begin at these places. */
  enterBlock(entries: Buffer, places: BlockPlaces): void;
  /** Rows entered so far. */
  size(): number;
  /** What settling found later: a code of REVISIONS by row number; 0 where the first verdict stands. */
  revisions(): Uint8Array;
  /**
   * What settling met of the last delivery: by row number the record of its student, counted from 1; 0 where it met none.
   */
  records(): Int32Array;
  /** The raw entries, for settling. */
  scan(): Generator<RawEntry>;
  /** Every entry with its final verdict, in order. */
  entries(): Generator<SettledEntry>;
  /**
   * The same; carried rows that are to be kept as they are come as no more than that, neighbours together.
   * @param keptUnder the school under which a row is kept; undefined where it is not
   */
  walk(keptUnder: (row: number) => string | undefined): Generator<SettledEntry | KeptRows>;
  close(): void;
}

const BLOCK_BYTES = 1 << 20;
/** Room for one entry beyond a full block. */
const SPARE_BYTES = 4096;
/** Of rows that are kept together: few enough to be read at once. */
const LONGEST_KEPT_BYTES = 1 << 16;

export function openRoll(path: string): Roll {
  const file = openSync(path, 'w+', FILE_MODE);
  const block = Buffer.allocUnsafe(BLOCK_BYTES + SPARE_BYTES);
  let used = 0;
  let written = 0;
  let count = 0;
  let lastRow = 0;
  let notes = openNotes(0);

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

  function scan(): Generator<RawEntry> {
    flush();
    return scanFile(file, written);
  }

  function settled(): RowNotes {
    if (notes.revisions.length !== lastRow + 1) notes = openNotes(lastRow + 1);
    return notes;
  }

  return {
    enter,
    enterBlock,
    scan,
    size: () => count,
    revisions: () => settled().revisions,
    records: () => settled().records,
    *entries() {
      for (const raw of scan()) yield readEntry(raw, notes.revisions[raw.row] ?? 0);
    },
    walk: (keptUnder) => walkEntries(scan(), notes.revisions, keptUnder),
    close: () => closeSync(file),
  };
}

/** What is found of the rows after they were entered, by row number. */
interface RowNotes {
  revisions: Uint8Array;
  records: Int32Array;
}

function openNotes(rows: number): RowNotes {
  return { revisions: new Uint8Array(rows), records: new Int32Array(rows) };
}

function* walkEntries(
  entries: Iterable<RawEntry>,
  revisions: Uint8Array,
  keptUnder: (row: number) => string | undefined,
): Generator<SettledEntry | KeptRows> {
  let kept: KeptRows | undefined;
  for (const raw of entries) {
    const revision = revisions[raw.row] ?? 0;
    const school = raw.verdictCode === CARRIED && revision === 0 ? keptUnder(raw.row) : undefined;
    if (kept && kept.school === school && kept.outbound.length < LONGEST_KEPT_BYTES && joinKept(kept, raw))
      continue;
    if (kept) yield kept;
    kept = school === undefined ? undefined : { rows: 1, school, outbound: readOutbound(raw) };
    if (!kept) yield readEntry(raw, revision);
  }
  if (kept) yield kept;
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
