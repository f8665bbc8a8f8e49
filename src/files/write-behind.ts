import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { diskError } from './disk-error.ts';
import { FILE_MODE } from './write-whole.ts';

/** A file whose blocks are written while the next ones are made. Everything throws local_disk_full or local_io. */
export interface WriteBehind {
  /** Writes so much of a block behind what was written before, sooner or later, and answers with one that may be filled. */
  write(block: Buffer, length: number): Buffer;
  /** So many blocks wait that it is worth to look whether some are written: by letting others go on for a moment. */
  isBehind(): boolean;
  /** All of it onto the disk, and nothing that stood there before. */
  finish(): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** Blocks that wait; who hands over another one writes it. */
const MOST_WAITING = 8;

/** @param flags `r+` where what is there is written over, and cut off only in the end */
export async function openWriteBehind(path: string, blockBytes: number, flags = 'w'): Promise<WriteBehind> {
  const file = await open(path, flags, FILE_MODE).catch(fail);
  const free: Buffer[] = [];
  const waiting = new Set<Promise<void>>();
  let written = 0;
  let fault: { cause: unknown } | undefined;

  function fail(cause: unknown): never {
    throw diskError(`Cannot write ${path}`, cause);
  }

  function throwFault(): void {
    if (fault) fail(fault.cause);
  }

  async function writeSoon(block: Buffer, length: number, position: number): Promise<void> {
    try {
      for (let at = 0; at < length; )
        at += (await file.write(block, at, length - at, position + at)).bytesWritten;
      free.push(block);
    } catch (cause) {
      fault ??= { cause };
    }
  }

  async function settle(): Promise<void> {
    while (waiting.size > 0) await Promise.all(waiting);
  }

  return {
    write(block, length) {
      throwFault();
      const position = written;
      written += length;
      if (waiting.size >= MOST_WAITING) {
        writeNow(file.fd, block.subarray(0, length), position, fail);
        return block;
      }
      const writing: Promise<void> = writeSoon(block, length, position).then(() => {
        waiting.delete(writing);
      });
      waiting.add(writing);
      return free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
    },
    isBehind: () => waiting.size >= MOST_WAITING - 1,
    async finish() {
      await settle();
      throwFault();
      await file.truncate(written).catch(fail);
      await file.sync().catch(fail);
    },
    async close() {
      await settle();
      await file.close().catch(fail);
    },
  };
}

function writeNow(file: number, bytes: Buffer, position: number, fail: (cause: unknown) => never): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at);
  } catch (cause) {
    fail(cause);
  }
}
