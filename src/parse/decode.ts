import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { diskError } from '../files/disk-error.ts';
import type { ByteFacts } from './recognise-encoding.ts';

/** One read is some hundreds of rows: enough to be quick, little enough to stay near the processor and to keep memory flat. */
const CHUNK_BYTES = 1 << 17;
/** The header, whatever its length, ends before this. */
const HEAD_BYTES = 1 << 18;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

/**
 * The bytes of the file as UTF-8, without its mark and without the lines above the header. A chunk is gone when the next one is
 * asked for: fresh memory for each would cost more than reading does.
 */
export async function* decodedChunks(
  path: string,
  facts: ByteFacts,
  skipLines: number,
): AsyncGenerator<Buffer> {
  const skip = openSkip(skipLines);
  for await (const chunk of utf8Chunks(path, facts)) {
    const rest = skip(chunk);
    if (rest.length > 0) yield rest;
  }
}

/** Takes so many lines away, whatever ends them: LF, CRLF or CR. */
function openSkip(lines: number): (chunk: Buffer) => Buffer {
  let left = lines;
  let afterReturn = false;
  return (chunk) => {
    let from = 0;
    while (from < chunk.length) {
      // The second half of a CRLF ends no line of its own, also where it begins a chunk.
      if (afterReturn && chunk[from] === NEW_LINE) from++;
      afterReturn = false;
      if (left === 0) break;
      from = endOfLine(chunk, from);
      if (from > chunk.length) return chunk.subarray(chunk.length);
      afterReturn = chunk[from - 1] === RETURN;
      left--;
    }
    return from === 0 ? chunk : chunk.subarray(from);
  };
}

/** Just behind the next CR or LF; behind the end of the chunk where it has none. */
function endOfLine(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at++)
    if (chunk[at] === NEW_LINE || chunk[at] === RETURN) return at + 1;
  return chunk.length + 1;
}

/** As much of the beginning as recognising the delimiter and reading the header may need. */
export async function readHead(path: string, facts: ByteFacts, skipLines: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decodedChunks(path, facts, skipLines)) {
    parts.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

async function* utf8Chunks(path: string, facts: ByteFacts): AsyncGenerator<Buffer> {
  const chunks = bytesOf(path, facts);
  if (facts.encoding === 'utf-8') yield* chunks;
  else yield* recoded(chunks, facts);
}

/** By calls that do not wait for another thread: what is read lies on the local disk, and mostly still in memory. */
async function* bytesOf(path: string, { bomBytes, sizeBytes }: ByteFacts): AsyncGenerator<Buffer> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    // One more than there is, so that most files are read at once.
    const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, sizeBytes + 1));
    for (let at = bomBytes; ; ) {
      const length = readSync(file, chunk, 0, chunk.length, at);
      if (length === 0) return;
      at += length;
      yield chunk.subarray(0, length);
      // Everything else has its turn: what the other thread asks for, signals, the beat of a lock.
      await setImmediate();
    }
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function* recoded(
  chunks: AsyncIterable<Buffer>,
  { encoding, bomBytes }: ByteFacts,
): AsyncGenerator<Buffer> {
  // One mark is none of the text; what stands behind it is.
  const decoder = iconv.getDecoder(encoding, { stripBOM: bomBytes === 0 });
  let held = '';
  for await (const chunk of chunks) {
    const text = held + decoder.write(chunk);
    // A character of two units must not be torn by the end of a chunk.
    const torn = isHighSurrogate(text.charCodeAt(text.length - 1));
    held = torn ? text.slice(-1) : '';
    yield Buffer.from(torn ? text.slice(0, -1) : text);
  }
  const rest = held + (decoder.end() ?? '');
  if (rest !== '') yield Buffer.from(rest);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
