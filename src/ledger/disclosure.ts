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
