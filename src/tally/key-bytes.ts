/** Texts and keys as bytes of a fixed width, as entries and tables hold them. */
import { hash } from 'node:crypto';

export const HASH_BYTES = 16;
const ASCII_END = 0x80;

/** In UTF-8; answers how many bytes. Short texts of plain letters are written quicker here than by a call to the platform. */
export function writeText(block: Buffer, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= ASCII_END) return block.write(text, at);
    block[at + index] = code;
  }
  return text.length;
}

/** The first bytes of a digest, which has a character a byte. */
export function writeDigest(block: Buffer, at: number, digest: string, bytes: number): void {
  const length = Math.min(bytes, digest.length);
  for (let index = 0; index < length; index++) block[at + index] = digest.charCodeAt(index);
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

export function isBlankKey(view: DataView, at: number): boolean {
  return view.getUint8(at) === 0;
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

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
