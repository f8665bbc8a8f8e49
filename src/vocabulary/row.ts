/**
 * Vocabulary: the words that every room shares.
 *
 * in:       nothing
 * out:      types, and closed lists of kinds, codes and verdicts
 * promises: one meaning for a word wherever it is used
 * never:    does anything
 */
import type { Finding } from './finding.ts';

export interface SourceRow {
  /** Data rows count from 1; the header is none. */
  row: number;
  /** The first line of the row in the file, the header's line being 1. */
  line: number;
  /** One text a column of the header; never trimmed. */
  values: readonly string[];
  /** Of all values together, eight bytes, a character each: equal rows have the same. */
  fingerprint: string;
  /** What already makes the row unusable: a wrong number of fields, bytes that are no text. */
  flaw?: Finding;
}

/** A column by its name, or by several of which the first that exists is meant. */
export type ColumnRef = string | readonly string[];

/** Reads one column of a row; made once, called for each row. */
export interface ColumnReader {
  (values: readonly string[]): string;
  /** The column that it reads, from 0 on; undefined where it reads no single one. */
  readonly at?: number;
}

/** What reads a column that the file lacks: a blank. */
export const NO_COLUMN: ColumnReader = () => '';

/**
 * Finds a column by the name that a person wrote.
 * A list takes the first that exists. A name that the file lacks is collected and refused later, all at once, but one that
 * is optional; the reader is NO_COLUMN.
 */
export type ColumnFinder = (ref: ColumnRef, usedBy: string, options?: { optional?: boolean }) => ColumnReader;

/** Blank means nothing but white space. */
export function isBlank(value: string): boolean {
  return value === '' || value.trim() === '';
}
