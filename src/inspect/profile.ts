/**
 * Inspect: what a file is, by the evidence of its own bytes.
 *
 * in:       a file that nobody has described yet; for a draft also the mapping that it should lead to
 * out:      a profile of the file and its columns; the codes of a column; the text of a first mapping
 * promises: nothing need be configured; memory stays flat however many rows there are; what is uncertain is said to be
 * never:    changes the file, or gives a value of a column that is not a list of codes unless it is asked to
 */
import type { AppError } from '../errors/app-error.ts';
import type { Notice } from '../vocabulary/run.ts';

/** How the values of a file are parted and wrapped. */
export interface Dialect {
  /** The character itself. */
  delimiter: string;
  quote: '"' | "'" | 'none';
  escape: 'double' | 'backslash';
  /** Lines above the header that are no data. */
  skipLines: number;
  lineEnding: 'crlf' | 'lf' | 'cr' | 'mixed' | 'none';
  /** Whether the first record has names and not values. */
  hasHeader: boolean;
}

export interface Profile extends Dialect {
  file: string;
  sizeBytes: number;
  encoding: string;
  hasByteOrderMark: boolean;
  rows: number;
  rejected: RejectedRows[];
  columns: ColumnProfile[];
  /** About the file as a whole. No value of a student. */
  remarks: Notice[];
  /** What ended the reading before the end of the file; the profile is then of the rows before it. */
  stopped?: AppError;
}

/** Rows that cannot be read as the others are; their values are counted in no column. */
export interface RejectedRows {
  code: string;
  count: number;
  /** Of the first few. */
  firstLines: number[];
}

export const VALUE_TYPES = [
  'id',
  'code',
  'date',
  'number',
  'boolean',
  'email',
  'phone',
  'postal_code',
  'name',
  'text',
  'empty',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export interface ColumnProfile {
  /** As in the header; `Column_3` where the file has none or it is blank. */
  name: string;
  /** From 1. */
  position: number;
  filled: number;
  /** Of the rows that could be read: 0 to 1. */
  fillRate: number;
  /** Different values, blanks apart; undefined where there are more than `mostDistinct`. */
  distinct: number | undefined;
  mostDistinct: number;
  /** The most frequent first; empty where they are values of people and not codes. */
  values: ValueCount[];
  /** Characters of the shortest and of the longest value; 0 where there is none. */
  shortest: number;
  longest: number;
  type: ValueType;
  /** Of the filled values, those that fit the type: 0 to 1. */
  typeShare: number;
  date?: DateGuess;
  /** Words that stand for nothing in some systems, such as NULL, and spreadsheet mistakes such as #N/A. */
  literals: ValueCount[];
  remarks: Notice[];
}

export interface ValueCount {
  value: string;
  count: number;
}

export interface DateGuess {
  /** In luxon's tokens; the one with the most values first. */
  formats: FormatCount[];
  /** Formats of which the values do not tell which one is meant, such as M/d/yyyy and d/M/yyyy. */
  open: string[];
}

export interface FormatCount {
  format: string;
  count: number;
}

/** The column's name where the header has none. */
export function columnName(written: string | undefined, index: number): string {
  return written === undefined || written === '' ? `Column_${index + 1}` : written;
}

export function isUnnamed(name: string): boolean {
  return /^Column_\d+$/.test(name);
}
