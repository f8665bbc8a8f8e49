/** What a run asks a person: the lines of its review.ndjson, and the rows of the spreadsheet made from them. */
import type { DecisionChoice } from './memory.ts';

/** The name under which a run writes down what it asks; sealed with the run, because it may be answered later. */
export const REVIEW_FILE = 'review.ndjson';

export type ReviewKind =
  /** A limit was exceeded, or a school is gone: about the run as a whole. */
  | 'safeguard'
  /** A student of the other side is like this one. */
  | 'match'
  /** Both sides have a value in a field, and they differ. */
  | 'difference'
  /** Delivered as not active, and active again. */
  | 'reactivated'
  /** Delivered last time, and gone or left out now; listed where that holds the run. */
  | 'removed'
  /** Left out because a person decided so before; listed so that it can be changed. */
  | 'left_out';

/** One question. It has values of a student: it stands in the run's folder, and never in a log or an error. */
export interface ReviewItem {
  kind: ReviewKind;
  /** The file of the drop. */
  file: string;
  /** Blank where it is about no single record. */
  id: string;
  /** The target field, of a `difference`; blank otherwise. */
  field: string;
  /** A sentence without values. */
  why: string;
  /** Who it may be, the likeliest first. */
  candidates: readonly ReviewCandidate[];
  /** The value at the other side, of a `difference`; blank otherwise. */
  existing: string;
  /** The record as it was mapped, or as it was last delivered where it is `removed`; empty of a `safeguard`. */
  values: readonly string[];
  /** What may be answered here: `match` stands for match:ID. Empty where the run as a whole is approved or cancelled. */
  choices: readonly (Exclude<DecisionChoice, `match:${string}`> | 'match')[];
  /** Whether the run as a whole waits because of this; where not, only the record does. */
  holdsRun: boolean;
}

export interface ReviewCandidate {
  id: string;
  /** 0 to 100. */
  score: number;
  /** May name a nickname: for the review alone. */
  why: string;
}

/** One line of review.ndjson: the fields of each file that is asked about, then the questions. */
export type ReviewEntry =
  | { kind: 'file'; file: string; targets: readonly string[] }
  | { kind: 'item'; item: ReviewItem };
