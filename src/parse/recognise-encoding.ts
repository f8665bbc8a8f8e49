import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { AppError } from '../errors/app-error.ts';
import { readBlocks } from '../files/read-blocks.ts';
import { mayBeText } from '../vocabulary/encoding.ts';

export interface ByteFacts extends EncodingFacts {
  sizeBytes: number;
  /** Whether the file is free of the control characters with which rows are packed on their way between threads. */
  isPackable: boolean;
}

interface EncodingFacts {
  /** utf-8, utf-16le, utf-16be, windows-1252 or a name that the mapping gave. */
  encoding: string;
  bomBytes: number;
  /** Whether decoding may meet bytes that are no text, so that rows must be looked at. */
  suspect: boolean;
  /** Whether rows must be looked at for NUL characters: in UTF-16 every other byte is zero. */
  hasNul: boolean;
}

interface Scan {
  head: Buffer;
  /** UTF-8 sequences of more than one byte, and bytes that fit none; counted only as far as the choice needs. */
  sequences: number;
  strayBytes: number;
  hasNul: boolean;
  hasSeparator: boolean;
  sizeBytes: number;
}

/** What marks and zero bytes are looked for in. */
const HEAD_BYTES = 4096;
const LONGEST_SEQUENCE = 4;
const ROW_SEPARATOR_BYTE = 0x1e;
const FIELD_SEPARATOR_BYTE = 0x1f;

/** Looks at every byte once: a file may be plain ASCII for 200 MB and show its encoding in the last row. */
export async function recogniseEncoding(path: string, file: string, wanted: string): Promise<ByteFacts> {
  const scan = await scanBytes(path);
  if (scan.sizeBytes === 0) throw emptyFile(file);
  refuseNoText(scan.head, file);
  return { ...recognise(scan, wanted), sizeBytes: scan.sizeBytes, isPackable: !scan.hasSeparator };
}

function recognise(scan: Scan, wanted: string): EncodingFacts {
  const marked = byMark(scan.head);
  if (wanted !== 'auto') return byName(scan, marked, wanted);
  if (marked?.encoding === 'utf-8') return { ...marked, suspect: scan.strayBytes > 0, hasNul: scan.hasNul };
  if (marked) return { ...marked, suspect: true, hasNul: true };
  const wide = byZeroBytes(scan.head);
  if (wide) return { encoding: wide, bomBytes: 0, suspect: true, hasNul: true };
  // Text of a one-byte page hardly ever forms valid sequences; a damaged UTF-8 file is mostly valid ones.
  const isUtf = scan.strayBytes === 0 || scan.sequences > scan.strayBytes;
  return {
    encoding: isUtf ? 'utf-8' : 'windows-1252',
    bomBytes: 0,
    suspect: scan.strayBytes > 0,
    hasNul: scan.hasNul,
  };
}

export function emptyFile(file: string): AppError {
  return new AppError('empty_file', 'The file is empty: it has no header', {
    place: { file, line: 1, column: 1 },
  });
}

/** What people drop in place of a CSV, by its first bytes. */
const NO_TEXT: readonly [start: string, what: string][] = [
  ['PK\u0003\u0004', 'an Excel workbook or a zip'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook'],
  ['%PDF-', 'a PDF'],
  ['\u001f\u008b', 'compressed with gzip'],
];

function refuseNoText(head: Buffer, file: string): void {
  const start = head.toString('latin1', 0, 8);
  const found = NO_TEXT.find(([mark]) => start.startsWith(mark));
  if (!found) return;
  throw new AppError('unreadable_encoding', `The file is ${found[1]} and no text, whatever its name says`, {
    place: { file, line: 1, column: 1 },
    hint: 'Have it exported as CSV.',
  });
}

function byMark(head: Buffer): { encoding: string; bomBytes: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  return undefined;
}

function byName(scan: Scan, marked: ReturnType<typeof byMark>, wanted: string): EncodingFacts {
  const encoding = wanted.toLowerCase() === 'utf8' ? 'utf-8' : wanted.toLowerCase();
  const bomBytes = marked?.encoding === encoding ? marked.bomBytes : 0;
  const isUtf8Name = encoding === 'utf-8';
  return {
    encoding,
    bomBytes,
    suspect: isUtf8Name ? scan.strayBytes > 0 : true,
    hasNul: scan.hasNul,
  };
}

/** UTF-16 without a mark: every other byte of Latin text is zero. */
function byZeroBytes(head: Buffer): string | undefined {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] === 0) at % 2 === 0 ? even++ : odd++;
  }
  const many = head.length * 0.3;
  if (odd > many && even < odd / 4) return 'utf-16le';
  if (even > many && odd < even / 4) return 'utf-16be';
  return undefined;
}

async function scanBytes(path: string): Promise<Scan> {
  const scan: Scan = {
    head: Buffer.alloc(0),
    sequences: 0,
    strayBytes: 0,
    hasNul: false,
    hasSeparator: false,
    sizeBytes: 0,
  };
  let rest = Buffer.alloc(0);
  for await (const chunk of readBlocks(path)) {
    if (scan.sizeBytes === 0) scan.head = Buffer.from(chunk.subarray(0, HEAD_BYTES));
    scan.sizeBytes += chunk.length;
    scan.hasNul ||= chunk.includes(0);
    scan.hasSeparator ||= chunk.includes(ROW_SEPARATOR_BYTE) || chunk.includes(FIELD_SEPARATOR_BYTE);
    const whole: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const cut = lastBoundary(whole);
    countSequences(whole.subarray(0, cut), scan);
    rest = Buffer.from(whole.subarray(cut));
  }
  countSequences(rest, scan);
  return scan;
}

/** Where a sequence may begin last, so that none is cut by the end of a chunk. */
function lastBoundary(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_SEQUENCE && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function countSequences(bytes: Buffer, scan: Scan): void {
  if (isAscii(bytes)) return;
  if (isUtf8(bytes)) {
    scan.sequences++;
    return;
  }
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const length = sequenceLength(bytes, at);
    if (length === 0) scan.strayBytes++;
    else {
      scan.sequences++;
      at += length - 1;
    }
  }
}

function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 2; length <= LONGEST_SEQUENCE && at + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}

export function isKnownEncoding(name: string): boolean {
  return name === 'auto' || (iconv.encodingExists(name) && mayBeText(name));
}
