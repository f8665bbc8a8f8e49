import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE } from '../files/write-whole.ts';

/** Where a piece of text stands in a draft, in bytes. */
export interface Span {
  offset: number;
  length: number;
}

export interface FinishedDraft {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** A file under way: it only grows, and is counted and hashed while it is written. */
export interface Draft {
  append(bytes: Buffer): Span;
  /** The same for text in UTF-8, without a buffer in between. */
  appendText(text: string): Span;
  /** Copies a piece of another draft. */
  appendFrom(other: Draft, span: Span): Span;
  /** The bytes of a piece that was appended before. */
  read(span: Span): Buffer;
  sizeBytes(): number;
  /** Syncs and closes; nothing may be appended after. */
  finish(): FinishedDraft;
  /** Closes without finishing; may follow `finish`. */
  close(): void;
}

const BLOCK_BYTES = 1 << 20;
/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;

export function openDraft(path: string): Draft {
  const file = openSync(path, 'w+', FILE_MODE);
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let used = 0;
  let flushed = 0;
  let isOpen = true;

  function flush(): void {
    if (used > 0) writeAll(block.subarray(0, used));
    used = 0;
  }

  function writeAll(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, flushed + at);
    } catch (cause) {
      throw diskError(`Cannot write ${path}`, cause);
    }
    hash.update(bytes);
    flushed += bytes.length;
  }

  function append(bytes: Buffer): Span {
    const offset = flushed + used;
    if (used + bytes.length > BLOCK_BYTES) flush();
    if (bytes.length > BLOCK_BYTES) writeAll(bytes);
    else used += bytes.copy(block, used);
    return { offset, length: bytes.length };
  }

  function appendText(text: string): Span {
    if (text.length * LONGEST_CHARACTER_BYTES > BLOCK_BYTES) return append(Buffer.from(text));
    if (used + text.length * LONGEST_CHARACTER_BYTES > BLOCK_BYTES) flush();
    const span = { offset: flushed + used, length: block.write(text, used) };
    used += span.length;
    return span;
  }

  function read(span: Span): Buffer {
    if (span.offset + span.length > flushed) flush();
    const bytes = Buffer.allocUnsafe(span.length);
    readSync(file, bytes, 0, span.length, span.offset);
    return bytes;
  }

  return {
    append,
    appendText,
    read,
    appendFrom: (other, span) => append(other.read(span)),
    sizeBytes: () => flushed + used,
    finish() {
      flush();
      fsyncSync(file);
      return { sizeBytes: flushed, sha256: hash.digest('hex') };
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
