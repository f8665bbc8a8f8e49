import { openKernel, type RunKernel } from './open-kernel.ts';
import { PRINT_KERNEL } from './print-kernel.ts';

/** How many bytes, and so how many characters, a fingerprint has. */
export const FINGERPRINT_LENGTH = 8;

/**
 * Tells two texts apart that are about the same thing: the XXH64 of their UTF-8, a character a byte. By chance two different ones
 * have the same once in 2^64. Nothing is kept secret or vouched for by it: that is what SHA-256 is for.
 */
export function fingerprintOf(text: string | Uint8Array): string {
  const kernel = openWithRoom(typeof text === 'string' ? text.length * LONGEST_CHARACTER_BYTES : text.length);
  const { bytes } = kernel;
  if (typeof text !== 'string') bytes.set(text, TEXT_AT);
  const length = typeof text === 'string' ? bytes.write(text, TEXT_AT) : text.length;
  kernel.run(0, TEXT_AT, length);
  return bytes.toString('latin1', 0, FINGERPRINT_LENGTH);
}

/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;
const PAGE_BYTES = 1 << 16;
/** The fingerprint lies at the begin of the memory. */
const TEXT_AT = 64;

interface PrintKernel {
  bytes: Buffer;
  run: RunKernel;
}

/** One a thread; it has room for the longest text that it was asked about. */
let opened: PrintKernel | undefined;

function openWithRoom(leastBytes: number): PrintKernel {
  if (opened && opened.bytes.length >= TEXT_AT + leastBytes) return opened;
  const pages = Math.ceil((TEXT_AT + leastBytes) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const run = openKernel(PRINT_KERNEL, memory);
  opened = { bytes: Buffer.from(memory.buffer), run };
  return opened;
}
