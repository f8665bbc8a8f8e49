import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { clearHalfWritten, HALF_WRITTEN } from '../../files/clear-half-written.ts';
import { diskError } from '../../files/disk-error.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { NumberedColumns } from './index-copy.ts';

/** Read as a number of this machine, so that a copy from one with another order of bytes is none. */
const MAGIC = 0x52464c53;
const HEAD_BYTES = 16;

/** What a file of the ledger lies in, beside the ledger itself. @param file its number in the ledger */
export function snapshotPath(ledger: string, file: number): string {
  return `${ledger}${ENDING}${file}`;
}

const ENDING = '-snapshot-';

/** Writes it whole or not at all, and answers the hash of its content. The lock of the connection is held. */
export async function writeSnapshot(path: string, form: string, made: NumberedColumns): Promise<string> {
  // What a crash left of one before, with the ids of everybody in it.
  await clearHalfWritten(dirname(path), (name) => name === basename(path));
  const parts = [headOf(form, made.numbers.length), padded(form), bytesOf(made.numbers), ...made.columns];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  await writeWhole(path, parts);
  return hash.digest('hex');
}

/** Undefined where it is not the content of that hash, or of another form. Columns begin at a multiple of four bytes. */
export async function readSnapshot(
  path: string,
  { form, sha256 }: { form: string; sha256: string },
): Promise<{ numbers: Uint32Array; columns: Uint8Array } | undefined> {
  // Whatever keeps it from being read, the ledger has the same.
  const found = await readFile(path).catch(() => undefined);
  // Columns are read where they lie: a small file may begin anywhere in memory that others use too.
  const content = found && (found.byteOffset % 4 === 0 ? found : Buffer.from(new Uint8Array(found).buffer));
  if (!content || createHash('sha256').update(content).digest('hex') !== sha256) return undefined;
  const own = padded(form);
  const start = content.byteOffset;
  const count = new Uint32Array(content.buffer, start, HEAD_BYTES / 4)[1] ?? 0;
  const formEnd = HEAD_BYTES + own.length;
  if (!content.subarray(0, formEnd).equals(Buffer.concat([headOf(form, count), own]))) return undefined;
  const numbers = new Uint32Array(content.buffer, start + formEnd, count);
  return { numbers, columns: content.subarray(formEnd + numbers.byteLength) };
}

/** Also what was half-written. @param files their numbers; all of the ledger where they are left out */
export function removeSnapshots(ledger: string, files?: readonly number[]): void {
  const folder = dirname(ledger);
  const before = `${basename(ledger)}${ENDING}`;
  try {
    for (const name of readdirSync(folder)) {
      const final = name.replace(HALF_WRITTEN, '$1');
      if (!final.startsWith(before)) continue;
      if (!files || files.some((file) => final === `${before}${file}`))
        rmSync(join(folder, name), { force: true });
    }
  } catch (cause) {
    throw diskError(`Cannot remove the snapshots of ${ledger}`, cause);
  }
}

function headOf(form: string, count: number): Uint8Array {
  return bytesOf(new Uint32Array([MAGIC, count, Buffer.byteLength(form), 0]));
}

function padded(form: string): Buffer {
  const text = Buffer.from(form);
  return Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4)]);
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
