/**
 * A copy of the index of one file, kept beside the ledger in whatever form its reader wants: a large one is then read in
 * a tenth of the time. It is never older than the ledger, and where it is missing, damaged or not the one that the
 * ledger means, there is none. See docs/decisions/0015-a-copy-of-the-last-delivery.md.
 */
export interface IndexCopy {
  /** Whether the ledger means a copy; it may still be found damaged. */
  isMeant(): Promise<boolean>;
  /** Undefined where there is none to be believed. @param form what the columns mean; a copy of another form is none */
  read(form: string): Promise<KeptIndex | undefined>;
  /** As index(), with the number of each record: ascending, and the same as long as the record is known. */
  walk(): AsyncIterable<readonly NumberedEntry[]>;
  /**
   * Keeps what was made of the index since this view was opened. Nothing is kept where the ledger has learned of the
   * connection since, or where the disk takes no copy: everything goes on without.
   */
  keep(form: string, made: NumberedColumns): Promise<void>;
}

export interface NumberedEntry {
  number: number;
  entry: IndexEntry;
}

/** Columns of which each has a place for each number; only who made them knows their meaning. */
export interface NumberedColumns {
  /** Of the records, ascending. */
  numbers: Uint32Array;
  columns: readonly Uint8Array[];
}

export interface KeptIndex {
  numbers: Uint32Array;
  /** All columns one behind the other, as they were kept. */
  columns: Uint8Array;
  /**
   * Records that are not as the columns say, ascending: `entry` is what is known now, undefined where that is nothing.
   * Some have a number that `numbers` does not have: they came later.
   */
  changed: readonly ChangedEntry[];
}

export interface ChangedEntry {
  number: number;
  entry: IndexEntry | undefined;
}

/** As much of a record as tells whether it changed. */
export interface IndexEntry {
  id: string;
  mapped: string;
  active: boolean;
  school: string;
  grade: string;
  /** Removed, and known at the other side as inactive: one who comes back is reactivated. */
  deactivated: boolean;
}
