import { isBlankKey } from './key-bytes.ts';
import { type KeyTable, mixKey, openKeyTable } from './key-table.ts';
import { openRepeats } from './repeats.ts';
import type { Roll } from './roll.ts';
import { CARRIED } from './roll-entry.ts';

/** Revision codes, as they stand in REVISIONS of the roll. */
const DUPLICATE = 1;
const CONFLICTING = 2;
const NOT_UNIQUE = 3;
const ORPHAN = 4;
const STUDENT_NOT_CARRIED = 5;
const HELD = 6;

/** So many rows are held at once, in 40 MB; a longer roll is read again for each part. */
const ROWS_A_PART = 1_000_000;
/** Parts are even, but not exactly so. */
const SLACK = 1.3;

/**
 * Finds the rows that repeat a key. The same content twice: the first stands, the others are duplicates.
 * Different content under one key: none is believed. What rows met of the last delivery when they were entered is known.
 */
export function settleDuplicates(roll: Roll): void {
  const revisions = roll.revisions();
  const codes = { duplicate: DUPLICATE, conflicting: CONFLICTING };
  const records = roll.records();
  const { repeats: met } = roll.met() ?? {};
  met?.settle(revisions, codes);
  const others = met ? met.untold() : roll.size();
  if (others === 0) return;
  inParts(others, ({ table, capacity, isInPart }) => {
    const repeats = openRepeats(capacity);
    for (const { view, keyAt, contentAt, row } of roll.scan()) {
      if (records[row] !== 0 || !isInPart(view, keyAt)) continue;
      const key = table.put(view, keyAt);
      repeats.meet(key, row, view, contentAt);
    }
    repeats.settle(revisions, codes);
  });
}

/** Rows of students who are not carried are left out; rows of students whom no file has are orphans. */
export function settleStudents(roll: Roll, students: readonly Roll[]): void {
  const revisions = roll.revisions();
  const known = students.reduce((sum, one) => sum + one.size(), 0);
  inParts(known, ({ table, capacity, isInPart }) => {
    const isCarried = new Uint8Array(capacity);
    for (const one of students) {
      const revised = one.revisions();
      for (const { view, studentAt, verdictCode, row } of one.scan()) {
        if (!isInPart(view, studentAt)) continue;
        const student = table.put(view, studentAt);
        if (verdictCode === CARRIED && revised[row] === 0) isCarried[student] = 1;
      }
    }
    for (const { view, studentAt, verdictCode, row } of roll.scan()) {
      if (verdictCode !== CARRIED || revisions[row] !== 0 || !isInPart(view, studentAt)) continue;
      const student = table.find(view, studentAt);
      if (student < 0) revisions[row] = ORPHAN;
      else if (isCarried[student] === 0) revisions[row] = STUDENT_NOT_CARRIED;
    }
  });
}

/** Rows of students who wait for a person are left out too. */
export function settleHeld(roll: Roll, held: ReadonlySet<string>): void {
  if (held.size === 0) return;
  const revisions = roll.revisions();
  for (const { id, row, verdict } of roll.entries())
    if (verdict.kind === 'carried' && held.has(id)) revisions[row] = STUDENT_NOT_CARRIED;
}

/** Rows for which only the whole drop shows that a person must decide. */
export function holdRows(roll: Roll, rows: Iterable<number>): void {
  const revisions = roll.revisions();
  for (const row of rows) revisions[row] = HELD;
}

/**
 * Rejects every carried row that shares the value of a unique field with another carried row.
 * @param values a roll of its own whose keys are the values of the field, one entry a carried row
 * @param onShared told each row that is rejected for it
 */
export function settleUnique(roll: Roll, values: Roll, onShared: (row: number) => void = () => {}): void {
  const revisions = roll.revisions();
  inParts(values.size(), ({ table, capacity, isInPart }) => {
    const firstRows = new Uint32Array(capacity);
    for (const { view, keyAt, row } of values.scan()) {
      const isTakenBack = revisions[row] !== 0 && revisions[row] !== NOT_UNIQUE;
      if (isTakenBack || !isInPart(view, keyAt)) continue;
      const known = table.size();
      const key = table.put(view, keyAt);
      if (key === known) firstRows[key] = row;
      else {
        for (const shared of [firstRows[key] ?? row, row]) {
          revisions[shared] = NOT_UNIQUE;
          onShared(shared);
        }
      }
    }
  });
}

interface Part {
  table: KeyTable;
  /** Keys that the table can hold. */
  capacity: number;
  isInPart: (view: DataView, keyAt: number) => boolean;
}

/** Cuts the keys into even parts, few enough rows in each; a blank key is in none. One table serves all parts. */
function inParts(rows: number, settlePart: (part: Part) => void): void {
  const parts = Math.max(1, Math.ceil(rows / ROWS_A_PART));
  const capacity = parts === 1 ? rows + 1 : Math.ceil((rows / parts) * SLACK);
  const table = openKeyTable(capacity);
  for (let part = 0; part < parts; part++) {
    table.clear();
    const isInPart: Part['isInPart'] = (view, at) =>
      !isBlankKey(view, at) && (parts === 1 || mixKey(view, at) % parts === part);
    settlePart({ table, capacity, isInPart });
  }
}
