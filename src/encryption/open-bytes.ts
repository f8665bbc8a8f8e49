import { createReadStream } from 'node:fs';
import { diskError } from '../files/disk-error.ts';

const BLOCK_BYTES = 1 << 16;

/** The bytes of a file as they are asked for. Fails with local_io, also because the file is not there. */
export function openBytes(path: string): ReadableStream<Uint8Array> {
  return ReadableStream.from(readChunks(path));
}

/** The same as text of one byte a character: armour is nothing else. */
export function openLatin1(path: string): ReadableStream<string> {
  return ReadableStream.from(readTexts(path));
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    // Each block is new memory: who decrypts keeps some of it for a while.
    for await (const block of createReadStream(path, { highWaterMark: BLOCK_BYTES })) yield block;
  } catch (cause) {
    throw diskError(`Cannot read ${path}`, cause);
  }
}

async function* readTexts(path: string): AsyncGenerator<string> {
  for await (const block of readChunks(path)) yield Buffer.from(block).toString('latin1');
}
