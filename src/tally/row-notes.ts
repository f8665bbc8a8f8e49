import { MAPPED_AT, type RawEntry, STUDENT_AT, viewEntry } from './entry-bytes.ts';
import { widened } from './last-columns.ts';
import type { LastTable } from './last-table.ts';
import { openRepeatedKeys, type RepeatedKeys } from './repeated-keys.ts';
import { VERDICT_CODES } from './roll-entry.ts';

/**
 * What is known of rows by their numbers, a few bytes each: noted from the memory in which their entries were written, so that
 * the last row finds the others looked up, and the roll need not be read again for it.
 */
export interface RowNotes {
  /** Notes the entries from the beginning of the bytes to `end`. */
  note(entry: RawEntry, end: number): void;
  count(): number;
  lastRow(): number;
  /** How many rows have each first verdict, by its code. */
  counts(): Uint32Array;
  /** Of so many rows the code of the first verdict and 1, with SAME_AS_LAST where it is so; 0 where none was entered. */
  verdicts(rows: number): Uint8Array;
  /** What the rows met of the last delivery; undefined where they were held against none. */
  readonly met: MetLast | undefined;
}

export interface MetLast {
  readonly table: LastTable;
  /** Of so many rows the record of the student, counted from 1; 0 where there is none. */
  records(rows: number): Int32Array;
  /** Keys that more than one row has, with what those say. */
  repeats: RepeatedKeys;
}

/** The row maps to the very record that was delivered. */
export const SAME_AS_LAST = 0x80;

const FIRST_ROWS = 1024;
/** So many rows are looked up together. */
const GROUP = 256;

/**
 * @param last the table that the rows are held against, where a student has one record; the key of a row is then the student's
 */
export function openRowNotes(last: LastTable | undefined): RowNotes {
  const meeting = last?.kind === 'by_student' && last.size() > 0 ? openMeeting(last) : undefined;
  let verdicts = new Uint8Array(meeting ? roomBeside(meeting.table) : FIRST_ROWS);
  const counts = new Uint32Array(VERDICT_CODES);
  let count = 0;
  let lastRow = 0;
  return {
    met: meeting,
    count: () => count,
    lastRow: () => lastRow,
    counts: () => counts,
    verdicts(rows) {
      verdicts = roomFor(rows - 1, verdicts, Uint8Array);
      return verdicts.subarray(0, rows);
    },
    note(entry, end) {
      let at = 0;
      for (let next = viewEntry(entry, 0, end); next >= 0; next = viewEntry(entry, at, end)) {
        lastRow = entry.row;
        count++;
        verdicts = roomFor(lastRow, verdicts, Uint8Array);
        verdicts[lastRow] = entry.verdictCode + 1;
        counts[entry.verdictCode] = (counts[entry.verdictCode] ?? 0) + 1;
        meeting?.add(lastRow, at);
        if (meeting?.isFull()) meeting.look(entry.view, verdicts);
        at = next;
      }
      meeting?.look(entry.view, verdicts);
    },
  };
}

/** Room that is not written to costs nothing. */
function roomBeside(table: LastTable): number {
  return table.size() * 2;
}

function openMeeting(table: LastTable) {
  const repeats = openRepeatedKeys(table.size());
  let records = new Int32Array(roomBeside(table));
  const rows = new Uint32Array(GROUP);
  const entries = new Uint32Array(GROUP);
  const students = new Uint32Array(GROUP);
  const found = new Int32Array(GROUP);
  let count = 0;
  return {
    table,
    repeats,
    records(rows: number) {
      records = roomFor(rows - 1, records, Int32Array);
      return records.subarray(0, rows);
    },
    isFull: () => count === GROUP,
    add(row: number, at: number): void {
      rows[count] = row;
      students[count] = at + STUDENT_AT;
      entries[count++] = at;
    },
    look(view: DataView, verdicts: Uint8Array): void {
      table.findAll(view, students, found.subarray(0, count));
      for (let index = 0; index < count; index++) {
        const number = found[index] ?? -1;
        const row = rows[index] ?? 0;
        const at = entries[index] ?? 0;
        if (number >= 0) {
          records = roomFor(row, records, Int32Array);
          records[row] = number + 1;
          if (table.isSame(number, view, at + MAPPED_AT)) verdicts[row] = (verdicts[row] ?? 0) | SAME_AS_LAST;
        }
        repeats.note(number, row, view, at);
      }
      count = 0;
    },
  };
}

function roomFor<Rows extends Uint8Array | Int32Array>(
  row: number,
  rows: Rows,
  Kind: new (length: number) => Rows,
): Rows {
  return row < rows.length ? rows : widened(rows, row * 2 + 1, Kind);
}
