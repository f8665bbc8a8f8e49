import iconv from 'iconv-lite';
import { AppError } from '../errors/app-error.ts';
import { readBlocks } from '../files/read-blocks.ts';
import { mayBeText } from '../vocabulary/encoding.ts';
import { type ByteScan, openByteScan } from './scan-bytes.ts';

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

/** Looks at every byte once: a file may be plain ASCII for 200 MB and show its encoding in the last row. */
export async function recogniseEncoding(path: string, file: string, wanted: string): Promise<ByteFacts> {
  const scan = openByteScan();
  for await (const block of readBlocks(path)) scan.see(block);
  return recogniseScanned(scan.end(), file, wanted);
}

/** The same of a file whose bytes were all looked at already. */
export function recogniseScanned(scan: ByteScan, file: string, wanted: string): ByteFacts {
  if (scan.sizeBytes === 0) throw emptyFile(file);
  refuseNoText(scan.head, file);
  return { ...recognise(scan, wanted), sizeBytes: scan.sizeBytes, isPackable: !scan.hasSeparator };
}

function recognise(scan: ByteScan, wanted: string): EncodingFacts {
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

function byName(scan: ByteScan, marked: ReturnType<typeof byMark>, wanted: string): EncodingFacts {
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

export function isKnownEncoding(name: string): boolean {
  return name === 'auto' || (iconv.encodingExists(name) && mayBeText(name));
}
