/** How an entry of the roll lies on disk: numbers and hashes at fixed places, then the texts. */
import type { Span } from '../files/append-file.ts';
import { HASH_BYTES, viewOf, writeDigest, writeKey, writeText } from './key-bytes.ts';
import {
  codeOf,
  type KeptRows,
  type LeftRows,
  LONGEST_TEXT,
  type RollEntry,
  type RowTexts,
  type SettledEntry,
  verdictOf,
} from './roll-entry.ts';

/** Where entries are written: the same bytes twice, because numbers are written through a view in a fraction of the time. */
export interface EntryRoom {
  bytes: Buffer;
  view: DataView;
}

export function openEntryRoom(sizeBytes: number): EntryRoom {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  return { bytes, view: viewOf(bytes) };
}

/** A view into the block that was read: valid until the next entry is asked for. */
export interface RawEntry {
  row: number;
  verdictCode: number;
  bytes: Buffer;
  /** Of the same bytes: numbers are read from it in a fraction of the time that a Buffer takes. */
  view: DataView;
  /**
   * Where in `bytes` the 16 bytes of the key, the 8 of the content's hash, the 16 of the student's id and, right after
   * them, the 8 of the mapped record's hash begin.
   */
  keyAt: number;
  contentAt: number;
  studentAt: number;
}

export const MAPPED_BYTES = 8;
const CONTENT_BYTES = 8;
const ACTIVE_AT = 36;
/** Where these begin in an entry. */
export const KEY_AT = 40;
export const CONTENT_AT = KEY_AT + HASH_BYTES;
export const STUDENT_AT = CONTENT_AT + CONTENT_BYTES;
export const MAPPED_AT = STUDENT_AT + HASH_BYTES;
const TEXTS_AT = MAPPED_AT + MAPPED_BYTES;
/** Where numbers, hashes and texts stand in an entry. */
export const ENTRY_PLACES = {
  ...{ row: 0, line: 4, textBytes: 10, outbound: 12, outboundBytes: 20 },
  ...{ key: KEY_AT, content: CONTENT_AT, student: STUDENT_AT, mapped: MAPPED_AT, texts: TEXTS_AT },
} as const;
/** Between the texts at the end of an entry. */
const SEPARATOR_CODE = 0x1f;
const SEPARATOR = String.fromCharCode(SEPARATOR_CODE);

/** Answers where the next entry begins. */
export function writeEntry(to: EntryRoom, at: number, entry: RollEntry, texts: RowTexts): number {
  const { bytes, view } = to;
  const { outbound, exceptions, id } = entry;
  const end = writeTexts(bytes, at + TEXTS_AT, entry);
  view.setUint32(at, entry.row, true);
  view.setUint32(at + 4, entry.line, true);
  view.setUint16(at + 8, codeOf(entry.verdict), true);
  view.setUint16(at + 10, end - at - TEXTS_AT, true);
  view.setFloat64(at + 12, outbound.offset, true);
  view.setUint32(at + 20, outbound.length, true);
  view.setFloat64(at + 24, exceptions.offset, true);
  view.setUint32(at + 32, exceptions.length, true);
  view.setUint32(at + ACTIVE_AT, entry.standing.active ? 1 : 0, true);
  for (let word = at + KEY_AT; word < at + TEXTS_AT; word += 4) view.setUint32(word, 0, true);
  writeKey(bytes, at + STUDENT_AT, id);
  if (texts.key === id) copyKey(view, at + STUDENT_AT, at + KEY_AT);
  else writeKey(bytes, at + KEY_AT, texts.key);
  writeDigest(bytes, at + CONTENT_AT, texts.content, CONTENT_BYTES);
  writeDigest(bytes, at + MAPPED_AT, texts.mapped, MAPPED_BYTES);
  return end;
}

/** Mostly that of the student: words are copied quicker here than by a call to the platform. */
function copyKey(view: DataView, from: number, to: number): void {
  for (let byte = 0; byte < HASH_BYTES; byte += 4)
    view.setUint32(to + byte, view.getUint32(from + byte, true), true);
}

/** One behind the other, without a text that is put together first; answers where they end. */
function writeTexts(block: Buffer, start: number, { id, standing, previousId }: RollEntry): number {
  const { school, grade } = standing;
  let at = start + writeText(block, start, cut(id));
  if (school === '' && grade === '' && previousId === '') return at;
  block[at++] = SEPARATOR_CODE;
  at += writeText(block, at, cut(school));
  block[at++] = SEPARATOR_CODE;
  at += writeText(block, at, cut(grade));
  block[at++] = SEPARATOR_CODE;
  return at + writeText(block, at, cut(previousId));
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
}

export function openRawEntry(bytes: Buffer): RawEntry {
  const at = { keyAt: 0, studentAt: 0, contentAt: 0 };
  return { row: 0, verdictCode: 0, bytes, view: viewOf(bytes), ...at };
}

/** The entry that begins at `at`; answers where the next begins, or -1 where this one is not whole. */
export function viewEntry(entry: RawEntry, at: number, end: number): number {
  const { view } = entry;
  if (at + TEXTS_AT > end) return -1;
  const next = at + TEXTS_AT + view.getUint16(at + 10, true);
  if (next > end) return -1;
  entry.row = view.getUint32(at, true);
  entry.verdictCode = view.getUint16(at + 8, true);
  entry.keyAt = at + KEY_AT;
  entry.studentAt = at + STUDENT_AT;
  entry.contentAt = at + CONTENT_AT;
  return next;
}

export function readEntry(raw: RawEntry, revision: number): SettledEntry {
  const { bytes } = raw;
  const at = raw.keyAt - KEY_AT;
  const verdict = verdictOf(raw.verdictCode, revision);
  const texts = bytes.toString('utf8', at + TEXTS_AT, at + TEXTS_AT + bytes.readUInt16LE(at + 10));
  const [id = '', school = '', grade = '', previousId = ''] = texts.split(SEPARATOR);
  return {
    row: raw.row,
    line: bytes.readUInt32LE(at + 4),
    id,
    verdict,
    standing: { active: bytes[at + ACTIVE_AT] === 1, school, grade },
    previousId,
    mapped: bytes.toString('hex', at + MAPPED_AT, at + MAPPED_AT + MAPPED_BYTES),
    content: bytes.toString('hex', at + CONTENT_AT, at + CONTENT_AT + CONTENT_BYTES),
    revised: revision !== 0,
    outbound: readOutbound(raw),
    exceptions: readExceptions(raw),
  };
}

/** Spans of an entry that was written elsewhere; one that has no length stands nowhere. */
export function moveEntry({ view, keyAt }: RawEntry, by: { outbound: number; exceptions: number }): void {
  moveSpan(view, keyAt - KEY_AT + 12, by.outbound);
  moveSpan(view, keyAt - KEY_AT + 24, by.exceptions);
}

function moveSpan(view: DataView, at: number, by: number): void {
  if (view.getUint32(at + 8, true) > 0) view.setFloat64(at, view.getFloat64(at, true) + by, true);
}

export function readOutbound({ view, keyAt }: RawEntry): Span {
  return readSpan(view, keyAt - KEY_AT + 12);
}

export function readExceptions({ view, keyAt }: RawEntry): Span {
  return readSpan(view, keyAt - KEY_AT + 24);
}

function readSpan(view: DataView, at: number): Span {
  return { offset: view.getFloat64(at, true), length: view.getUint32(at + 8, true) };
}

/** Puts the row of an entry behind rows that are kept, where it is their neighbour in the outbound file; answers whether. */
export function joinKept(kept: KeptRows, { view, keyAt }: RawEntry): boolean {
  if (!joinSpan(kept.outbound, view, keyAt - KEY_AT + 12)) return false;
  kept.rows++;
  return true;
}

/** The same for rows that are left out, and their lines among the exceptions. */
export function joinLeft(rows: LeftRows, { view, keyAt }: RawEntry): boolean {
  if (!joinSpan(rows.exceptions, view, keyAt - KEY_AT + 24)) return false;
  rows.left++;
  return true;
}

function joinSpan(span: Span, view: DataView, at: number): boolean {
  if (span.offset + span.length !== view.getFloat64(at, true)) return false;
  span.length += view.getUint32(at + 8, true);
  return true;
}
