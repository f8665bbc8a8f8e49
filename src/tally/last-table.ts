import { MAPPED_BYTES, type RawEntry } from './entry-bytes.ts';
import { HASH_BYTES, readKey, viewOf, writeKey } from './key-bytes.ts';
import { openKeyTable } from './key-table.ts';
import {
  type Columns,
  type LastColumns,
  NO_COLUMNS,
  openColumns,
  viewColumns,
  widenColumns,
} from './last-columns.ts';
import { placesOf } from './places-of.ts';
import { openRecordChains } from './record-chains.ts';
import { type Names, openNames } from './school-names.ts';

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
  /** Those of them that are not gone. */
  present(): number;
  /** The number of the record that a row of the roll is about, or -1; see `LastTableKind`. */
  find(entry: RawEntry): number;
  /** Of `by_student`: the numbers of records of students. @param places where the key of each begins in `view` */
  findAll(view: DataView, places: Uint32Array, found: Int32Array): void;
  findStudent(id: string): number;
  /** The id of the student of a record; undefined where the table does not have it. */
  studentOf(number: number): string | undefined;
  /** Whether this hash of a mapped record is that of the very record that was delivered, and the other side has it. */
  isSame(number: number, view: DataView, mappedAt: number): boolean;
  isGone(number: number): boolean;
  schoolOf(number: number): string;
  /** Counts records under their schools. */
  openSchoolCount(): SchoolCount;
  /** Of a table by student: its records, as views that are valid until the next one is added. */
  columns(): LastColumns;
  /** By number: FATES, to be raised while a drop is held against the table. */
  fates(): Uint8Array;
}

export interface SchoolCount {
  add(number: number): void;
  /** Nobody's school is blank here. */
  read(): ReadonlyMap<string, number>;
}

/**
 * `by_student`: a student has one record. `by_content`: a student may have many, as with contacts; there, `find`
 * answers only with a record of the same content, and with each record once.
 */
export type LastTableKind = 'by_student' | 'by_content';

const LEAST_ROOM = 1024;
const NONE = -1;

/**
 * @param expected how many records there will be; more than that make it grow
 * @param first what `columns` of another table gave: the records that this one begins with, and takes over
 */
export function openLastTable(kind: LastTableKind, expected = 0, first = NO_COLUMNS): LastTable {
  let count = first.gone.length;
  let room = Math.max(1, expected, count === 0 ? LEAST_ROOM : count);
  const keyBytes = kind === 'by_student' ? HASH_BYTES : HASH_BYTES + MAPPED_BYTES;
  // Without them a student has one record, and the number of the key is that of the record.
  const chains = kind === 'by_student' ? undefined : openRecordChains(room);
  const keys = openKeyTable(room, keyBytes, first.keys);
  const schools = openNames(first.schools);
  const scratch = Buffer.alloc(HASH_BYTES + MAPPED_BYTES);
  const scratchView = viewOf(scratch);
  let columns = openColumns(room, first);
  let gone = placesOf(first.gone, 1).reduce((sum) => sum + 1, 0);

  function grow(): void {
    room *= 2;
    columns = widenColumns(columns, room);
  }

  return {
    kind,
    size: () => count,
    present: () => count - gone,
    isGone: (number) => columns.gone[number] === 1,
    schoolOf: (number) => schools.at(columns.school[number] ?? 0),
    openSchoolCount: () => openCount(schools, (number) => columns.school[number] ?? 0),
    fates: () => columns.fate.subarray(0, count),
    columns: () => ({ ...viewColumns(columns, count), keys: keys.words(), schools: schools.all() }),
    add({ student, mapped, school, isGone }) {
      if (count === room) grow();
      writeRecordKey(scratch, student, mapped);
      const key = keys.put(scratchView, 0);
      columns.mapped[count * 2] = scratchView.getUint32(HASH_BYTES, true);
      columns.mapped[count * 2 + 1] = scratchView.getUint32(HASH_BYTES + 4, true);
      columns.gone[count] = isGone ? 1 : 0;
      if (isGone) gone++;
      columns.school[count] = schools.numberOf(school);
      chains?.add(key, count);
      count++;
    },
    find({ view, studentAt }) {
      const key = keys.find(view, studentAt);
      // Of equal records any is as good as another; each is given out once.
      return key === NONE || !chains ? key : chains.take(key);
    },
    findAll: keys.findAll,
    findStudent(id) {
      writeRecordKey(scratch, id, '');
      const key = keys.find(scratchView, 0);
      return key === NONE || !chains ? key : chains.last(key);
    },
    studentOf(number) {
      if (chains) return undefined;
      keys.read(number, scratchView);
      return readKey(scratch, 0);
    },
    isSame: (number, view, mappedAt) => isSameRecord(columns, number, view, mappedAt),
  };
}

function isSameRecord({ mapped, gone }: Columns, number: number, view: DataView, mappedAt: number): boolean {
  return (
    mapped[number * 2] === view.getUint32(mappedAt, true) &&
    mapped[number * 2 + 1] === view.getUint32(mappedAt + 4, true) &&
    gone[number] === 0 &&
    (mapped[number * 2] !== 0 || mapped[number * 2 + 1] !== 0)
  );
}

/** The key of the student, and the hash of the record right after it. */
export function writeRecordKey(key: Buffer, student: string, mapped: string): void {
  key.fill(0);
  writeKey(key, 0, student);
  key.write(mapped, HASH_BYTES, 'hex');
}

function openCount(schools: Names, schoolOf: (number: number) => number): SchoolCount {
  const counts = new Uint32Array(schools.size());
  return {
    add(number) {
      const school = schoolOf(number);
      counts[school] = (counts[school] ?? 0) + 1;
    },
    read: () => schools.named(counts),
  };
}
