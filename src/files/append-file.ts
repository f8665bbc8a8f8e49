import { closeSync, fsync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { diskError } from './disk-error.ts';
import { FILE_MODE } from './write-whole.ts';

/** Where a piece stands in a file, in bytes. */
export interface Span {
  offset: number;
  length: number;
}

/** A file whose pieces can be read at any time. */
export interface SpanFile {
  path: string;
  /** @param into where there is room for it, it is read into this: a large buffer costs more than what is read into it */
  read(span: Span, into?: Buffer): Buffer;
  /** May be called twice; nothing is read after. */
  close(): void;
}

/** A file that only grows, written in large blocks; what was appended can be read again at any time. */
export interface AppendFile extends SpanFile {
  append(bytes: Buffer): Span;
  /** The same for text in UTF-8, without a buffer in between. */
  appendText(text: string): Span;
  sizeBytes(): number;
  /** To the system, so that others read it too. */
  flush(): void;
  /** Onto the disk, all that was appended before. It is not closed while this is at work. */
  sync(): Promise<void>;
}

const BLOCK_BYTES = 1 << 20;
/** No number of a file: the one that it had may soon be that of another. */
const CLOSED = -1;
/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;

/** @param onWritten sees every byte once, in order. Throws local_disk_full or local_io. */
export function openAppendFile(
  path: string,
  onWritten: (bytes: Buffer) => void = () => undefined,
): AppendFile {
  let file = openSync(path, 'w+', FILE_MODE);
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let used = 0;
  let flushed = 0;

  function write(bytes: Buffer): void {
    writeFully({ file, path, position: flushed }, bytes);
    onWritten(bytes);
    flushed += bytes.length;
  }

  function flush(): void {
    if (used > 0) write(block.subarray(0, used));
    used = 0;
  }

  function append(bytes: Buffer): Span {
    const offset = flushed + used;
    if (used + bytes.length > BLOCK_BYTES) flush();
    if (bytes.length > BLOCK_BYTES) write(bytes);
    else used += bytes.copy(block, used);
    return { offset, length: bytes.length };
  }

  function appendText(text: string): Span {
    const mostBytes = text.length * LONGEST_CHARACTER_BYTES;
    if (mostBytes > BLOCK_BYTES) return append(Buffer.from(text));
    if (used + mostBytes > BLOCK_BYTES) flush();
    const span = { offset: flushed + used, length: block.write(text, used) };
    used += span.length;
    return span;
  }

  return {
    path,
    append,
    appendText,
    read(span, into) {
      if (span.offset + span.length > flushed) flush();
      return readFully({ file, path }, span, into);
    },
    sizeBytes: () => flushed + used,
    flush,
    async sync() {
      flush();
      await syncFully({ file, path });
    },
    close() {
      if (file !== CLOSED) closeSync(file);
      file = CLOSED;
    },
  };
}

/** A file that another thread has written. Throws local_io. */
export function openSpanFile(path: string): SpanFile {
  let file = openToRead(path);
  return {
    path,
    read: (span, into) => readFully({ file, path }, span, into),
    close() {
      if (file !== CLOSED) closeSync(file);
      file = CLOSED;
    },
  };
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}

function writeFully(to: { file: number; path: string; position: number }, bytes: Buffer): void {
  try {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(to.file, bytes, at, bytes.length - at, to.position + at);
    }
  } catch (cause) {
    throw diskError(`Cannot write ${to.path}`, cause);
  }
}

async function syncFully({ file, path }: { file: number; path: string }): Promise<void> {
  try {
    await promisify(fsync)(file);
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}

function readFully(from: { file: number; path: string }, span: Span, into?: Buffer): Buffer {
  const hasRoom = into !== undefined && into.length >= span.length;
  const bytes = hasRoom ? into.subarray(0, span.length) : Buffer.allocUnsafe(span.length);
  for (let at = 0; at < span.length; ) {
    const got = readSync(from.file, bytes, at, span.length - at, span.offset + at);
    if (got === 0)
      throw diskError(`Cannot read ${from.path}`, new Error('it is shorter than what was written'));
    at += got;
  }
  return bytes;
}
