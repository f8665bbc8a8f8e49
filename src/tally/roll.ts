/**
 * Tally: the roll of a file, one entry a row.
 *
 * in:       each row's number, line, id, content and first verdict
 * out:      duplicates found, dependants of students settled, every row counted under exactly one verdict
 * promises: flat memory: the roll lies on disk and is settled in parts, however many rows there are
 * never:    lets a row end without a verdict or with two
 */
import { type BlockPlaces, moveEntries } from './entry-block.ts';
import { type RawEntry, readEntry } from './entry-bytes.ts';
import type { LastTable } from './last-table.ts';
import type { KeptRows, LeftRows, RollEntry, RowTexts, SettledEntry } from './roll-entry.ts';
import { openRollFile } from './roll-file.ts';
import { type MetLast, openRowNotes } from './row-notes.ts';
import { type KeptUnder, walkEntries } from './walk-entries.ts';

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
  /** By row the code of its first verdict and 1, with SAME_AS_LAST; 0 where no such row was entered. See RowNotes. */
  verdicts(): Uint8Array;
  /** How many rows have each first verdict, by its code. */
  verdictCounts(): Uint32Array;
  /** What its rows met of the last delivery; undefined where they were held against none. */
  met(): MetLast | undefined;
  /** The raw entries, for settling. */
  scan(): Generator<RawEntry>;
  /** Every entry with its final verdict, in order. */
  entries(): Generator<SettledEntry>;
  /**
   * The same; carried rows that are to be kept as they are, and rows that a rule leaves out, come as no more than that, many
   * together: see `walkEntries`.
   */
  walk(keptUnder: KeptUnder): Generator<SettledEntry | KeptRows | LeftRows>;
  close(): void;
}

/** @param last what rows are held against while they are entered, where a student has one record: the key of a row is then theirs */
export function openRoll(path: string, last?: LastTable): Roll {
  const noted = openRowNotes(last);
  const file = openRollFile(path, noted.note);
  const { scan } = file;
  let settled = openSettled(0);

  function ofAll(): Settled {
    file.flush();
    const rows = noted.lastRow() + 1;
    if (settled.revisions.length !== rows) settled = openSettled(rows);
    return settled;
  }

  return {
    scan,
    enter: file.enter,
    enterBlock(entries, places) {
      moveEntries(entries, places);
      file.enterAll(entries);
    },
    size() {
      file.flush();
      return noted.count();
    },
    revisions: () => ofAll().revisions,
    records: () => (noted.met ? noted.met.records(ofAll().revisions.length) : ofAll().records),
    verdicts: () => noted.verdicts(ofAll().revisions.length),
    verdictCounts() {
      file.flush();
      return noted.counts();
    },
    met() {
      file.flush();
      return noted.met;
    },
    *entries() {
      for (const raw of scan()) yield readEntry(raw, settled.revisions[raw.row] ?? 0);
    },
    walk: (keptUnder) => walkEntries(scan(), settled.revisions, keptUnder),
    close: file.close,
  };
}

/** What is found of the rows after they were entered, by row number. */
interface Settled {
  revisions: Uint8Array;
  records: Int32Array;
}

function openSettled(rows: number): Settled {
  return { revisions: new Uint8Array(rows), records: new Int32Array(rows) };
}
