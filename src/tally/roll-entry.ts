/** How an entry of the roll lies on disk: numbers and hashes at fixed places, then the id. */
import { hash } from 'node:crypto';
import type { Span } from '../files/append-file.ts';
import { FINDING_CODES, type FindingCode } from '../vocabulary/finding.ts';
import { INELIGIBLE_REASONS, type IneligibleReason } from '../vocabulary/verdict.ts';

export type RowVerdict =
  | { kind: 'carried' }
  | { kind: 'duplicate' }
  | { kind: 'rejected'; code: FindingCode }
  | { kind: 'ineligible'; reason: IneligibleReason };

export interface RollEntry {
  row: number;
  line: number;
  /** The student's id as it stands in the file, trimmed; blank where it could not be read. */
  id: string;
  verdict: RowVerdict;
  /** The row in the drafted outbound file, and its lines in the drafted exceptions. */
  outbound: Span;
  exceptions: Span;
}

/** A view into the block that was read: valid until the next entry is asked for. */
export interface RawEntry {
  row: number;
  verdictCode: number;
  bytes: Buffer;
  /** Where in `bytes` the 16 bytes of the key, the 16 of the student's id and the 8 of the content's hash begin. */
  keyAt: number;
  studentAt: number;
  contentAt: number;
}

const VERDICT_LIST: readonly RowVerdict[] = [
  { kind: 'carried' },
  { kind: 'duplicate' },
  ...INELIGIBLE_REASONS.map((reason) => ({ kind: 'ineligible', reason }) as const),
  ...(Object.keys(FINDING_CODES) as FindingCode[]).map((code) => ({ kind: 'rejected', code }) as const),
];
export const CARRIED = 0;
export const DUPLICATE = 1;

/** What settling may decide about a row after it was entered. */
export const REVISIONS: readonly (RowVerdict | undefined)[] = [
  undefined,
  { kind: 'duplicate' },
  { kind: 'rejected', code: 'conflicting_duplicate' },
  { kind: 'rejected', code: 'not_unique' },
  { kind: 'rejected', code: 'orphan' },
  { kind: 'ineligible', reason: 'student_not_carried' },
];

export const HASH_BYTES = 16;
const KEY_AT = 40;
const STUDENT_AT = KEY_AT + HASH_BYTES;
const CONTENT_AT = STUDENT_AT + HASH_BYTES;
const CONTENT_BYTES = 8;
const ID_AT = CONTENT_AT + CONTENT_BYTES;
const LONGEST_ID = 200;

export function writeEntry(
  block: Buffer,
  at: number,
  what: { entry: RollEntry; key: string; content: string },
): number {
  const { entry, key, content } = what;
  const idBytes = block.write(entry.id.slice(0, LONGEST_ID), at + ID_AT);
  block.writeUInt32LE(entry.row, at);
  block.writeUInt32LE(entry.line, at + 4);
  block.writeUInt16LE(codeOf(entry.verdict), at + 8);
  block.writeUInt16LE(idBytes, at + 10);
  block.writeDoubleLE(entry.outbound.offset, at + 12);
  block.writeUInt32LE(entry.outbound.length, at + 20);
  block.writeDoubleLE(entry.exceptions.offset, at + 24);
  block.writeUInt32LE(entry.exceptions.length, at + 32);
  block.fill(0, at + 36, at + ID_AT);
  writeKey(block, at + STUDENT_AT, entry.id);
  if (key === entry.id) block.copy(block, at + KEY_AT, at + STUDENT_AT, at + STUDENT_AT + HASH_BYTES);
  else writeKey(block, at + KEY_AT, key);
  block.write(content, at + CONTENT_AT, CONTENT_BYTES, 'latin1');
  return at + ID_AT + idBytes;
}

/** First byte of a key that is a hash; of a text that fits whole it is its length, and of a blank it is 0. */
const HASHED = 0xff;

/** A short text is its own key: exact, and quicker than any hash. Student ids nearly always are short. */
function writeKey(block: Buffer, at: number, text: string): void {
  const length = text.length < HASH_BYTES ? Buffer.byteLength(text) : HASH_BYTES;
  if (length < HASH_BYTES) {
    block[at] = length;
    block.write(text, at + 1);
    return;
  }
  block[at] = HASHED;
  digest(text).copy(block, at + 1, 0, HASH_BYTES - 1);
}

/** Cryptographic, so that two ids never meet by chance or by malice and the ids themselves need not be kept. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** The entry at the beginning of `bytes`, or undefined where it is not whole; answers where the next begins. */
export function viewEntry(entry: RawEntry, at: number, end: number): number {
  const { bytes } = entry;
  if (at + ID_AT > end) return -1;
  const next = at + ID_AT + bytes.readUInt16LE(at + 10);
  if (next > end) return -1;
  entry.row = bytes.readUInt32LE(at);
  entry.verdictCode = bytes.readUInt16LE(at + 8);
  entry.keyAt = at + KEY_AT;
  entry.studentAt = at + STUDENT_AT;
  entry.contentAt = at + CONTENT_AT;
  return next;
}

export function readEntry(raw: RawEntry, revision: number): RollEntry & { revised: boolean } {
  const { bytes } = raw;
  const at = raw.keyAt - KEY_AT;
  const verdict = REVISIONS[revision] ?? VERDICT_LIST[raw.verdictCode];
  if (!verdict) throw new RangeError('The roll has a verdict that is none');
  return {
    row: raw.row,
    line: bytes.readUInt32LE(at + 4),
    id: bytes.toString('utf8', at + ID_AT, at + ID_AT + bytes.readUInt16LE(at + 10)),
    verdict,
    revised: revision !== 0,
    outbound: { offset: bytes.readDoubleLE(at + 12), length: bytes.readUInt32LE(at + 20) },
    exceptions: { offset: bytes.readDoubleLE(at + 24), length: bytes.readUInt32LE(at + 32) },
  };
}

const CODES = new Map(VERDICT_LIST.map((verdict, code) => [verdictKey(verdict), code]));

function codeOf(verdict: RowVerdict): number {
  const code = CODES.get(verdictKey(verdict));
  if (code === undefined) throw new RangeError('No such verdict');
  return code;
}

function verdictKey(verdict: RowVerdict): string {
  if (verdict.kind === 'rejected') return verdict.code;
  return verdict.kind === 'ineligible' ? verdict.reason : verdict.kind;
}
