/** What the roll knows of a row. */
import type { Span } from '../files/append-file.ts';
import { FINDING_CODES, type FindingCode } from '../vocabulary/finding.ts';
import type { Standing } from '../vocabulary/standing.ts';
import { INELIGIBLE_REASONS, type IneligibleReason } from '../vocabulary/verdict.ts';

export type RowVerdict =
  | { kind: 'carried' }
  | { kind: 'duplicate' }
  | { kind: 'rejected'; code: FindingCode }
  | { kind: 'ineligible'; reason: IneligibleReason }
  /** A person decides. */
  | { kind: 'held' };

export interface RollEntry {
  row: number;
  line: number;
  /** The student's id as it stands in the file, trimmed; blank where it could not be read. */
  id: string;
  verdict: RowVerdict;
  /** As what the student stands in the file; not active and blank of a row that is not carried. */
  standing: Standing;
  /** The id that the student had before, where the file says so; blank otherwise. */
  previousId: string;
  /** The row in the drafted outbound file, and its lines in the drafted exceptions. */
  outbound: Span;
  exceptions: Span;
}

export const NO_STANDING: Standing = { active: false, school: '', grade: '' };

/** Texts of a row of which the roll keeps a hash. */
export interface RowTexts {
  /** What makes two rows the same; blank where a row is never the same as another. */
  key: string;
  /** The fingerprint of the whole row, a character a byte. */
  content: string;
  /**
   * The fingerprint, a character a byte, of everything by which the mapped record may differ from one night to the next.
   * Blank where it is not carried.
   */
  mapped: string;
}

/** An entry with its final verdict. */
export interface SettledEntry extends RollEntry {
  revised: boolean;
  /** 16 hex digits, the fingerprint of the record as it was mapped; zeros where it is not carried. */
  mapped: string;
  /** 16 hex digits, the fingerprint of the row. */
  content: string;
}

/** Carried rows about which nothing changed, neighbours in the drafted outbound file. */
export interface KeptRows {
  rows: number;
  /** The one under which all of them are kept. */
  school: string;
  outbound: Span;
}

/** Rows that a rule leaves out, neighbours in the drafted exceptions. */
export interface LeftRows {
  left: number;
  exceptions: Span;
}

/** Of an id, a school and a grade: real ones are far shorter, and an entry has room for so much. */
export const LONGEST_TEXT = 200;

const VERDICT_LIST: readonly RowVerdict[] = [
  { kind: 'carried' },
  { kind: 'duplicate' },
  ...INELIGIBLE_REASONS.map((reason) => ({ kind: 'ineligible', reason }) as const),
  ...(Object.keys(FINDING_CODES) as FindingCode[]).map((code) => ({ kind: 'rejected', code }) as const),
  { kind: 'held' },
];
/** How many codes there are. */
export const VERDICT_CODES = VERDICT_LIST.length;
export const CARRIED = 0;
export const DUPLICATE = 1;

const LEFT_BY_RULE = new Set(
  VERDICT_LIST.flatMap((one, code) =>
    one.kind === 'ineligible' && one.reason !== 'never_include' ? [code] : [],
  ),
);

/** Whether it is the verdict of a row that is left out, and not because a person said so. */
export function isLeftByRule(verdictCode: number): boolean {
  return LEFT_BY_RULE.has(verdictCode);
}

/** What settling may decide about a row after it was entered. */
export const REVISIONS: readonly (RowVerdict | undefined)[] = [
  undefined,
  { kind: 'duplicate' },
  { kind: 'rejected', code: 'conflicting_duplicate' },
  { kind: 'rejected', code: 'not_unique' },
  { kind: 'rejected', code: 'orphan' },
  { kind: 'ineligible', reason: 'student_not_carried' },
  { kind: 'held' },
];

/** The verdict that stands, after settling. */
export function verdictOf(verdictCode: number, revision: number): RowVerdict {
  const verdict = REVISIONS[revision] ?? VERDICT_LIST[verdictCode];
  if (!verdict) throw new RangeError('The roll has a verdict that is none');
  return verdict;
}

const CODES = new Map(VERDICT_LIST.map((verdict, code) => [verdictKey(verdict), code]));

/** The number under which a verdict is written. */
export function codeOf(verdict: RowVerdict): number {
  if (verdict.kind === 'carried') return CARRIED;
  const code = CODES.get(verdictKey(verdict));
  if (code === undefined) throw new RangeError('No such verdict');
  return code;
}

function verdictKey(verdict: RowVerdict): string {
  if (verdict.kind === 'rejected') return verdict.code;
  return verdict.kind === 'ineligible' ? verdict.reason : verdict.kind;
}
