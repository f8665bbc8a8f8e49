import { HASH_BYTES, MAPPED_BYTES, type RawEntry, readKey, writeKey } from './entry-bytes.ts';
import { openKeyTable } from './key-table.ts';

/** What became of a record of the last delivery in this drop, weakest first: of two, the stronger one counts. */
export const FATES = {
  absent: 0,
  ineligible: 1,
  /** Its school is not selected. */
  school: 2,
  rejected: 3,
  apart: 4,
  held: 5,
  carried: 6,
} as const;
export type FateCode = (typeof FATES)[keyof typeof FATES];

/** A record of the last delivery, as much of it as tells whether it changed. */
export interface LastRecord {
  /** The id of the student. */
  student: string;
  /** 16 hex digits. */
  mapped: string;
  /** Blank where it has none. */
  school: string;
  /** Removed, and known at the other side as inactive. */
  isGone: boolean;
}

/**
 * The records of the last delivery, numbered in the order in which they were added: a few bytes each, so that a
 * million of them are held beside the drop.
 */
export interface LastTable {
  readonly kind: LastTableKind;
  add(record: LastRecord): void;
  size(): number;
  /** The number of the record that a row of the roll is about, or -1; see `LastTableKind`. */
  find(entry: RawEntry): number;
  findStudent(id: string): number;
  /** The id of the student of a record; undefined where the table does not have it. */
  studentOf(number: number): string | undefined;
  /** Whether the row of the roll maps to the very record that was delivered. */
  isSame(number: number, entry: RawEntry): boolean;
  isGone(number: number): boolean;
  schoolOf(number: number): string;
  /** By number: FATES, to be raised while a drop is held against the table. */
  fates(): Uint8Array;
}

/**
 * `by_student`: a student has one record. `by_content`: a student may have many, as with contacts; there, `find`
 * answers only with a record of the same content, and with each record once.
 */
export type LastTableKind = 'by_student' | 'by_content';

const LEAST_ROOM = 1024;
const NONE = -1;

/** @param expected how many records there will be; more than that make it grow */
export function openLastTable(kind: LastTableKind, expected = 0): LastTable {
  let room = Math.max(LEAST_ROOM, expected);
  const keyBytes = kind === 'by_student' ? HASH_BYTES : HASH_BYTES + MAPPED_BYTES;
  const keys = openKeyTable(room, keyBytes);
  const schools = openNames();
  const scratch = Buffer.alloc(HASH_BYTES + MAPPED_BYTES);
  let columns = makeColumns(room);
  let count = 0;

  function grow(): void {
    const wider = makeColumns(room * 2);
    for (const [name, column] of Object.entries(columns)) wider[name as keyof typeof wider].set(column);
    columns = wider;
    room *= 2;
  }

  return {
    kind,
    size: () => count,
    isGone: (number) => columns.gone[number] === 1,
    schoolOf: (number) => schools.at(columns.school[number] ?? 0),
    fates: () => columns.fate.subarray(0, count),
    add({ student, mapped, school, isGone }) {
      if (count === room) grow();
      writeRecordKey(scratch, student, mapped);
      const key = keys.put(scratch, 0);
      columns.mapped[count * 2] = scratch.readUInt32LE(HASH_BYTES);
      columns.mapped[count * 2 + 1] = scratch.readUInt32LE(HASH_BYTES + 4);
      columns.gone[count] = isGone ? 1 : 0;
      columns.school[count] = schools.numberOf(school);
      columns.next[count] = (columns.head[key] ?? 0) - 1;
      columns.head[key] = ++count;
    },
    find({ bytes, studentAt }) {
      const key = keys.find(bytes, studentAt);
      if (key === NONE) return NONE;
      const number = (columns.head[key] ?? 0) - 1;
      // Of equal records any is as good as another; each is given out once.
      if (kind === 'by_content' && number !== NONE) columns.head[key] = (columns.next[number] ?? NONE) + 1;
      return number;
    },
    findStudent(id) {
      writeRecordKey(scratch, id, '');
      const key = keys.find(scratch, 0);
      return key === NONE ? NONE : (columns.head[key] ?? 0) - 1;
    },
    studentOf(number) {
      if (kind === 'by_content') return undefined;
      keys.read(number, scratch);
      return readKey(scratch, 0);
    },
    isSame: (number, { bytes, studentAt }) =>
      columns.mapped[number * 2] === bytes.readUInt32LE(studentAt + HASH_BYTES) &&
      columns.mapped[number * 2 + 1] === bytes.readUInt32LE(studentAt + HASH_BYTES + 4) &&
      (columns.mapped[number * 2] !== 0 || columns.mapped[number * 2 + 1] !== 0),
  };
}

function writeRecordKey(key: Buffer, student: string, mapped: string): void {
  key.fill(0);
  writeKey(key, 0, student);
  key.write(mapped, HASH_BYTES, 'hex');
}

/** A record a place. `head` is by key: the last record of it, counted from 1, and `next` the one before it. */
function makeColumns(room: number) {
  return {
    mapped: new Uint32Array(room * 2),
    gone: new Uint8Array(room),
    school: new Uint16Array(room),
    fate: new Uint8Array(room),
    head: new Int32Array(room),
    next: new Int32Array(room),
  };
}

/** There are a few hundred schools; beyond what fits, they are all one without a name. */
function openNames(): { numberOf(name: string): number; at(number: number): string } {
  const names = [''];
  const numbers = new Map([['', 0]]);
  return {
    at: (number) => names[number] ?? '',
    numberOf(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (names.length > 0xffff) return 0;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}
