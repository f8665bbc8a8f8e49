import type { Roll } from './roll.ts';
import { CARRIED, HASH_BYTES } from './roll-entry.ts';

/** Revision codes, as they stand in REVISIONS of the roll. */
const DUPLICATE = 1;
const CONFLICTING = 2;
const NOT_UNIQUE = 3;
const ORPHAN = 4;
const STUDENT_NOT_CARRIED = 5;

/** So many keys are held at once; a larger roll is read again for each part. */
const KEYS_A_PART = 250_000;

/**
 * Finds the rows that repeat a key. The same content twice: the first stands, the others are duplicates.
 * Different content under one key: none is believed.
 */
export function settleDuplicates(roll: Roll): void {
  const revisions = roll.revisions();
  inParts(roll.size(), (isInPart) => {
    const firsts = new Map<string, { row: number; content: string; rows: number[]; conflict: boolean }>();
    for (const entry of roll.scan()) {
      if (!isInPart(entry.bytes, entry.keyAt)) continue;
      const key = entry.bytes.toString('latin1', entry.keyAt, entry.keyAt + HASH_BYTES);
      const content = entry.bytes.toString('latin1', entry.contentAt, entry.contentAt + 8);
      const first = firsts.get(key);
      if (!first) firsts.set(key, { row: entry.row, content, rows: NONE, conflict: false });
      else {
        if (first.rows === NONE) first.rows = [];
        first.rows.push(entry.row);
        first.conflict ||= first.content !== content;
      }
    }
    for (const { row, rows, conflict } of firsts.values()) {
      if (conflict) revisions[row] = CONFLICTING;
      for (const other of rows) revisions[other] = conflict ? CONFLICTING : DUPLICATE;
    }
  });
}

const NONE: number[] = [];

/** Rows of students who are not carried are left out; rows of students whom no file has are orphans. */
export function settleStudents(roll: Roll, students: readonly Roll[]): void {
  const revisions = roll.revisions();
  const known = students.reduce((sum, one) => sum + one.size(), 0);
  inParts(known, (isInPart) => {
    const carried = new Map<string, boolean>();
    for (const one of students) {
      const revised = one.revisions();
      for (const entry of one.scan()) {
        if (!isInPart(entry.bytes, entry.studentAt)) continue;
        const id = entry.bytes.toString('latin1', entry.studentAt, entry.studentAt + HASH_BYTES);
        const isCarried = entry.verdictCode === CARRIED && revised[entry.row] === 0;
        carried.set(id, isCarried || carried.get(id) === true);
      }
    }
    for (const entry of roll.scan()) {
      if (entry.verdictCode !== CARRIED || revisions[entry.row] !== 0) continue;
      if (!isInPart(entry.bytes, entry.studentAt)) continue;
      const isCarried = carried.get(
        entry.bytes.toString('latin1', entry.studentAt, entry.studentAt + HASH_BYTES),
      );
      if (isCarried === undefined) revisions[entry.row] = ORPHAN;
      else if (!isCarried) revisions[entry.row] = STUDENT_NOT_CARRIED;
    }
  });
}

/**
 * Rejects every carried row that shares the value of a unique field with another carried row.
 * @param values a roll of its own whose keys are the values of the field, one entry a carried row
 */
export function settleUnique(roll: Roll, values: Roll): void {
  const revisions = roll.revisions();
  inParts(values.size(), (isInPart) => {
    const firsts = new Map<string, number>();
    for (const entry of values.scan()) {
      if (revisions[entry.row] !== 0 && revisions[entry.row] !== NOT_UNIQUE) continue;
      if (!isInPart(entry.bytes, entry.keyAt)) continue;
      const key = entry.bytes.toString('latin1', entry.keyAt, entry.keyAt + HASH_BYTES);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, entry.row);
      else {
        revisions[first] = NOT_UNIQUE;
        revisions[entry.row] = NOT_UNIQUE;
      }
    }
  });
}

type PartTest = (bytes: Buffer, hashAt: number) => boolean;

/** Cuts the space of keys into equal parts, few enough keys in each; a blank key is in none. */
function inParts(keys: number, settlePart: (isInPart: PartTest) => void): void {
  const parts = Math.max(1, Math.ceil(keys / KEYS_A_PART));
  for (let part = 0; part < parts; part++) {
    settlePart((bytes, at) => bytes[at] !== 0 && (parts === 1 || mixed(bytes, at) % parts === part));
  }
}

/** Spreads keys evenly: ids as they stand differ in few bytes only. */
function mixed(bytes: Buffer, at: number): number {
  let mix = 0;
  for (let word = 0; word < HASH_BYTES; word += 4)
    mix = Math.imul(mix ^ bytes.readUInt32LE(at + word), 0x9e3779b1);
  return (mix ^ (mix >>> 15)) >>> 0;
}
