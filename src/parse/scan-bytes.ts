import { isAscii, isUtf8 } from 'node:buffer';

/** What all bytes of a file together tell of how it is written. Plain data. */
export interface ByteScan {
  head: Buffer;
  /** UTF-8 sequences of more than one byte, and bytes that fit none; counted only as far as the choice needs. */
  sequences: number;
  strayBytes: number;
  hasNul: boolean;
  /** The control characters with which rows are packed on their way between threads. */
  hasSeparator: boolean;
  sizeBytes: number;
}

/** What marks and zero bytes are looked for in. */
const HEAD_BYTES = 4096;
const LONGEST_SEQUENCE = 4;
const ROW_SEPARATOR_BYTE = 0x1e;
const FIELD_SEPARATOR_BYTE = 0x1f;

/** Sees every byte of a file once, block after block. */
export function openByteScan() {
  return openScan((bytes, scan) => countSequences(bytes, scan));
}

/**
 * The same for who fetches the file and has its bytes at hand. What is no UTF-8 may be an archive or encrypted, and its stray
 * bytes take long to count: such a file is looked at no further, and `end` answers undefined.
 */
export function openUtf8Scan() {
  let isOver = false;
  const { see, end } = openScan((bytes, scan) => {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) scan.sequences++;
    else isOver = true;
  });
  return {
    see(block: Buffer): void {
      if (!isOver) see(block);
    },
    end(): ByteScan | undefined {
      const scan = end();
      return isOver ? undefined : scan;
    },
  };
}

/** @param count is given bytes in which no sequence is cut, unless the file ends in one */
function openScan(count: (bytes: Buffer, scan: ByteScan) => void) {
  const scan: ByteScan = {
    head: Buffer.alloc(0),
    sequences: 0,
    strayBytes: 0,
    hasNul: false,
    hasSeparator: false,
    sizeBytes: 0,
  };
  let rest = Buffer.alloc(0);
  return {
    see(block: Buffer): void {
      const missing = HEAD_BYTES - scan.head.length;
      if (missing > 0) scan.head = Buffer.concat([scan.head, block.subarray(0, missing)]);
      scan.sizeBytes += block.length;
      scan.hasNul ||= block.includes(0);
      scan.hasSeparator ||= block.includes(ROW_SEPARATOR_BYTE) || block.includes(FIELD_SEPARATOR_BYTE);
      const whole: Buffer = rest.length > 0 ? Buffer.concat([rest, block]) : block;
      const cut = lastBoundary(whole);
      count(whole.subarray(0, cut), scan);
      rest = Buffer.from(whole.subarray(cut));
    },
    end(): ByteScan {
      count(rest, scan);
      return scan;
    },
  };
}

/** Where a sequence may begin last, so that none is cut by the end of a block. */
function lastBoundary(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_SEQUENCE && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function countSequences(bytes: Buffer, scan: ByteScan): void {
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
