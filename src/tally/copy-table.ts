import { MAPPED_BYTES } from './entry-bytes.ts';
import { HASH_BYTES } from './key-bytes.ts';
import type { LastColumns } from './last-columns.ts';
import { type LastRecord, type LastTable, openLastTable, writeRecordKey } from './last-table.ts';

/** Names what the bytes of a copied table mean. Another meaning is another form: a copy of an older one is passed over. */
export const TABLE_FORM = 'last by student 1';

/** A table that was copied, and what has changed since. */
export interface CopiedTable {
  /** Of the records of the copy, ascending. Written over, as are the columns. */
  numbers: Uint32Array;
  /** What `copyTable` made, in one piece. */
  columns: Uint8Array;
  /** Ascending; `record` is undefined where there is none of that number any more. */
  changed: readonly { number: number; record: LastRecord | undefined }[];
}

/** With more, those that come later could be too many to be told apart; so large a table is not copied. */
const MOST_SCHOOLS = 0x8000;

/** The bytes of a table by student, in parts; undefined of one that cannot be copied. */
export function copyTable(table: LastTable): readonly Uint8Array[] | undefined {
  const { keys, mapped, school, gone, schools } = table.columns();
  if (schools.length > MOST_SCHOOLS) return undefined;
  return [bytesOf(keys), bytesOf(mapped), bytesOf(school), gone, Buffer.from(JSON.stringify(schools))];
}

/**
 * The table as it would be if every record had been read anew, and the number of each of its records; undefined where
 * that cannot be told.
 */
export function openCopiedTable(copied: CopiedTable): { table: LastTable; numbers: Uint32Array } | undefined {
  const { changed, numbers } = copied;
  const columns = readColumns(copied);
  if (columns.schools.length + changed.length > MOST_SCHOOLS * 2) return undefined;
  const rewrite = openRewrite(columns);
  const removed: number[] = [];
  const added: { number: number; record: LastRecord }[] = [];
  for (const { number, record } of changed) {
    const place = placeOf(numbers, number);
    const isKnown = numbers[place] === number;
    if (isKnown && record) rewrite(place, record);
    else if (isKnown) removed.push(place);
    else if (record) added.push({ number, record });
  }
  const left = takeOut({ ...columns, numbers }, removed);
  // It took a number that nobody had any more: its place would be among the others.
  if ((added[0]?.number ?? Number.POSITIVE_INFINITY) < (left.numbers.at(-1) ?? 0)) return undefined;
  const table = openLastTable('by_student', left.numbers.length + added.length, left);
  for (const { record } of added) table.add(record);
  return { table, numbers: joined(left.numbers, added) };
}

function joined(numbers: Uint32Array, added: readonly { number: number }[]): Uint32Array {
  if (added.length === 0) return numbers;
  const all = new Uint32Array(numbers.length + added.length);
  all.set(numbers);
  for (const [at, { number }] of added.entries()) all[numbers.length + at] = number;
  return all;
}

/** Where a number stands, or would stand. */
function placeOf(numbers: Uint32Array, number: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

type OpenColumns = LastColumns & { schools: string[] };

function readColumns({ numbers: { length }, columns: bytes }: CopiedTable): OpenColumns {
  const [start, mappedAt] = [bytes.byteOffset, length * HASH_BYTES];
  const schoolAt = mappedAt + length * MAPPED_BYTES;
  const goneAt = schoolAt + length * 2;
  return {
    keys: new Uint32Array(bytes.buffer, start, length * KEY_WORDS),
    mapped: new Uint32Array(bytes.buffer, start + mappedAt, length * MAPPED_WORDS),
    school: new Uint16Array(bytes.buffer, start + schoolAt, length),
    gone: bytes.subarray(goneAt, goneAt + length),
    schools: JSON.parse(Buffer.from(bytes.subarray(goneAt + length)).toString()),
  };
}

const KEY_WORDS = HASH_BYTES / 4;
const MAPPED_WORDS = MAPPED_BYTES / 4;

/** Writes another record in the place of one. */
function openRewrite({ keys, mapped, school, gone, schools }: OpenColumns) {
  const places = new Map(schools.map((name, at) => [name, at]));
  const words = new Uint32Array(KEY_WORDS + MAPPED_WORDS);
  const scratch = Buffer.from(words.buffer);
  return (place: number, record: LastRecord): void => {
    writeRecordKey(scratch, record.student, record.mapped);
    keys.set(words.subarray(0, KEY_WORDS), place * KEY_WORDS);
    mapped.set(words.subarray(KEY_WORDS), place * MAPPED_WORDS);
    const known = places.get(record.school) ?? schools.push(record.school) - 1;
    places.set(record.school, known);
    school[place] = known;
    gone[place] = record.isGone ? 1 : 0;
  };
}

type NumberedColumns = LastColumns & { numbers: Uint32Array };

/** Moves what is left together, within the same memory. @param removed places, ascending */
function takeOut(all: NumberedColumns, removed: readonly number[]): NumberedColumns {
  let [from, to] = [0, 0];
  for (const place of [...removed, all.numbers.length]) {
    if (to < from) {
      all.keys.copyWithin(to * KEY_WORDS, from * KEY_WORDS, place * KEY_WORDS);
      all.mapped.copyWithin(to * MAPPED_WORDS, from * MAPPED_WORDS, place * MAPPED_WORDS);
      for (const column of [all.school, all.gone, all.numbers]) column.copyWithin(to, from, place);
    }
    to += place - from;
    from = place + 1;
  }
  return {
    keys: all.keys.subarray(0, to * KEY_WORDS),
    mapped: all.mapped.subarray(0, to * MAPPED_WORDS),
    school: all.school.subarray(0, to),
    gone: all.gone.subarray(0, to),
    numbers: all.numbers.subarray(0, to),
    schools: all.schools,
  };
}

function bytesOf(words: Uint32Array | Uint16Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
