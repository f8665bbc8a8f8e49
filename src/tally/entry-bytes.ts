/** How an entry of the roll lies on disk: numbers and hashes at fixed places, then the texts. */
import { hash } from 'node:crypto';
import type { Span } from '../files/append-file.ts';
import {
  codeOf,
  type KeptRows,
  LONGEST_TEXT,
  type RollEntry,
  type RowTexts,
  type SettledEntry,
  verdictOf,
} from './roll-entry.ts';

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

export const HASH_BYTES = 16;
export const MAPPED_BYTES = 8;
const CONTENT_BYTES = 8;
const ACTIVE_AT = 36;
const KEY_AT = 40;
const CONTENT_AT = KEY_AT + HASH_BYTES;
const STUDENT_AT = CONTENT_AT + CONTENT_BYTES;
const MAPPED_AT = STUDENT_AT + HASH_BYTES;
const TEXTS_AT = MAPPED_AT + MAPPED_BYTES;
/** Where numbers, hashes and texts stand in an entry. */
export const ENTRY_PLACES = {
  ...{ row: 0, line: 4, textBytes: 10, outbound: 12, outboundBytes: 20 },
  ...{ key: KEY_AT, content: CONTENT_AT, student: STUDENT_AT, mapped: MAPPED_AT, texts: TEXTS_AT },
} as const;
/** Between the texts at the end of an entry. */
const SEPARATOR = '\u001f';

export function writeEntry(block: Buffer, at: number, entry: RollEntry, texts: RowTexts): number {
  const textBytes = writeText(block, at + TEXTS_AT, textsOf(entry));
  block.writeUInt32LE(entry.row, at);
  block.writeUInt32LE(entry.line, at + 4);
  block.writeUInt16LE(codeOf(entry.verdict), at + 8);
  block.writeUInt16LE(textBytes, at + 10);
  block.writeDoubleLE(entry.outbound.offset, at + 12);
  block.writeUInt32LE(entry.outbound.length, at + 20);
  block.writeDoubleLE(entry.exceptions.offset, at + 24);
  block.writeUInt32LE(entry.exceptions.length, at + 32);
  for (let byte = at + ACTIVE_AT; byte < at + TEXTS_AT; byte++) block[byte] = 0;
  if (entry.standing.active) block[at + ACTIVE_AT] = 1;
  writeKey(block, at + STUDENT_AT, entry.id);
  if (texts.key === entry.id) block.copyWithin(at + KEY_AT, at + STUDENT_AT, at + STUDENT_AT + HASH_BYTES);
  else writeKey(block, at + KEY_AT, texts.key);
  writeDigests(block, at, texts);
  return at + TEXTS_AT + textBytes;
}

/** The digests of the row and of the mapped record. */
export function writeDigests(block: Buffer, at: number, texts: Pick<RowTexts, 'content' | 'mapped'>): void {
  writeDigest(block, at + CONTENT_AT, texts.content, CONTENT_BYTES);
  writeDigest(block, at + MAPPED_AT, texts.mapped, MAPPED_BYTES);
}

const ASCII_END = 0x80;

/** In UTF-8; answers how many bytes. Short texts of plain letters are written quicker here than by a call to the platform. */
function writeText(block: Buffer, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= ASCII_END) return block.write(text, at);
    block[at + index] = code;
  }
  return text.length;
}

/** The first bytes of a digest, which has a character a byte. */
function writeDigest(block: Buffer, at: number, digest: string, bytes: number): void {
  const length = Math.min(bytes, digest.length);
  for (let index = 0; index < length; index++) block[at + index] = digest.charCodeAt(index);
}

function textsOf({ id, standing: { school, grade }, previousId }: RollEntry): string {
  if (school === '' && grade === '' && previousId === '') return cut(id);
  return cut(id) + SEPARATOR + cut(school) + SEPARATOR + cut(grade) + SEPARATOR + cut(previousId);
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
}

/** First byte of a key that is a hash; of a text that fits whole it is its length, and of a blank it is 0. */
const HASHED = 0xff;

/** A short text is its own key: exact, and quicker than any hash. Student ids nearly always are short. */
export function writeKey(block: Buffer, at: number, text: string): void {
  const length = text.length < HASH_BYTES ? Buffer.byteLength(text) : HASH_BYTES;
  if (length < HASH_BYTES) {
    block[at] = length;
    writeText(block, at + 1, text);
    return;
  }
  block[at] = HASHED;
  writeDigest(block, at + 1, digest(text), HASH_BYTES - 1);
}

/** The text of a key; undefined where it is a hash. */
export function readKey(block: Buffer, at: number): string | undefined {
  const length = block[at] ?? HASHED;
  return length === HASHED ? undefined : block.toString('utf8', at + 1, at + 1 + length);
}

/**
 * Cryptographic, so that two ids never meet by chance or by malice and the ids themselves need not be kept. A character
 * a byte: a million small buffers would be garbage that the collector does not see.
 */
function digest(text: string): string {
  return hash('sha256', text, 'binary');
}

export function openRawEntry(bytes: Buffer): RawEntry {
  const at = { keyAt: 0, studentAt: 0, contentAt: 0 };
  return { row: 0, verdictCode: 0, bytes, view: viewOf(bytes), ...at };
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
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
    exceptions: { offset: bytes.readDoubleLE(at + 24), length: bytes.readUInt32LE(at + 32) },
  };
}

/** Spans of an entry that was written elsewhere; one that has no length stands nowhere. */
export function moveEntry(bytes: Buffer, at: number, by: { outbound: number; exceptions: number }): void {
  moveSpan(bytes, at + 12, by.outbound);
  moveSpan(bytes, at + 24, by.exceptions);
}

function moveSpan(bytes: Buffer, at: number, by: number): void {
  if (bytes.readUInt32LE(at + 8) > 0) bytes.writeDoubleLE(bytes.readDoubleLE(at) + by, at);
}

export function readOutbound({ view, keyAt }: RawEntry): Span {
  const at = keyAt - KEY_AT;
  return { offset: view.getFloat64(at + 12, true), length: view.getUint32(at + 20, true) };
}

/** Puts the row of an entry behind rows that are kept, where it is their neighbour in the outbound file; answers whether. */
export function joinKept(kept: KeptRows, { view, keyAt }: RawEntry): boolean {
  const at = keyAt - KEY_AT;
  const { outbound } = kept;
  if (outbound.offset + outbound.length !== view.getFloat64(at + 12, true)) return false;
  outbound.length += view.getUint32(at + 20, true);
  kept.rows++;
  return true;
}
