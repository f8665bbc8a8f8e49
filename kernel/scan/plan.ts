/**
 * How the host lays out the memory. Places are offsets in it, numbers have 32 bits; the host has the same list. Behind the input, and
 * behind `values`, stand STEP bytes that may be read or written in vain.
 */

export const STEP: usize = 16;

@unmanaged
export class Scan {
  delimiter: i32;
  /** -1 where there is none. */
  quote: i32;
  columns: i32;
  longestRecord: usize;

  /** The next byte of the input, which is a record's first, and where the input ends. */
  at: usize;
  end: usize;
  /** Nothing follows behind the input. */
  isEnd: i32;

  /** The values of all records; there is room for as much as the input has. */
  values: usize;
  /** The next free byte of them. */
  to: usize;

  /** Tables, an entry a record, counted from `values`: where it ends, and where each of its values ends, as many as columns. */
  ends: usize;
  fieldEnds: usize;
  /** The line in which each record begins. */
  lines: usize;
  /** The fingerprint of its values. */
  prints: usize;
  /** Records in the tables, and how many they take. There is room behind `fieldEnds` for as many values as the input has bytes. */
  records: i32;
  mostRecords: i32;
  /** The line in which the next record begins. */
  line: i32;
  /** How many values the latest record has. */
  fields: i32;
}

/** What stopped the scan. */
export const NO_MORE: i32 = 0;
/** The tables take no further record. */
export const FULL: i32 = 1;
/** The latest record has not as many values as there are columns; of its values as many are placed as there is room for. */
export const ODD: i32 = 2;
/** The input ends within the record at which the scan stands. */
export const UNFINISHED: i32 = 3;
/** A quote stands in that record where none may stand, or it is too long: csv-parse has to say what is wrong. */
export const IRREGULAR: i32 = 4;

/** Inside of the kernel: a record was found, a value goes on. */
export const FOUND: i32 = 5;
