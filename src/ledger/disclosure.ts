import type { AppliedRun } from './ledger.ts';

/** Which runs: days are business dates, yyyy-MM-dd, both ends included. */
export interface RunsAsked {
  connection?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** A file that was delivered, as report.json names it. */
export interface SentFile {
  /** The file of the drop that it was made of. */
  name: string;
  file: string;
  bytes: number;
  sha256: string;
  rows: number;
  /** ISO 8601 with offset. */
  deliveredAt: string;
}

export interface Recipient {
  title: string;
  /** The place it was delivered to, in words. */
  destination: string;
}

/** A delivery that carried a student. */
export interface Disclosure {
  run: AppliedRun;
  /** The file of the drop: of the student, or of what belongs to the student. */
  file: string;
  /** Target fields of the file, in its order. */
  fields: readonly string[];
  outputs: readonly SentFile[];
}
