import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Span, SpanFile } from '../files/append-file.ts';
import { openWriteBehind } from '../files/write-behind.ts';
import { openWriteOver } from '../files/write-over.ts';

export interface FinishedDraft {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** A file that will leave the house: counted and hashed while it is written, which is done beside what comes next. */
export interface Draft {
  append(bytes: Buffer): void;
  /** Bytes of another file as they are. */
  copy(from: SpanFile, span: Span): void;
  /** What is worth waiting for before more comes, so that the file is written beside this thread; undefined where nothing is. */
  pause(): Promise<void> | undefined;
  /** Onto the disk; nothing may be appended after. */
  finish(): Promise<FinishedDraft>;
  /** May be called twice. */
  close(): Promise<void>;
}

const BLOCK_BYTES = 1 << 19;

/**
 * @param bytesToDrop so many bytes at the very end are never written, as of the last line end
 * @param over the file is made in the place of this one, the only one that is copied from, and in its order
 */
export async function openDraft(path: string, bytesToDrop = 0, over?: SpanFile): Promise<Draft> {
  const hash = createHash('sha256');
  const inPlace = over && (await openWriteOver(path, over, BLOCK_BYTES));
  const file = inPlace ?? (await openWriteBehind(path, BLOCK_BYTES));
  let block: Buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let used = 0;
  let sizeBytes = 0;

  /** All but the last bytes: these wait until others come behind them. */
  function handOver(): void {
    const length = Math.max(0, used - bytesToDrop);
    const full = block;
    hash.update(full.subarray(0, length));
    sizeBytes += length;
    const held = Buffer.from(full.subarray(length, used));
    block = file.write(full, length);
    used = held.copy(block);
  }

  function fill(length: number, read: (room: Buffer, done: number) => void): void {
    for (let done = 0; done < length; ) {
      if (used === BLOCK_BYTES) handOver();
      const room = block.subarray(used, used + length - done);
      read(room, done);
      used += room.length;
      done += room.length;
    }
  }

  return {
    append: (bytes) => fill(bytes.length, (room, done) => bytes.copy(room, 0, done)),
    copy: (from, { offset, length }) =>
      fill(length, (room, done) => {
        const span = { offset: offset + done, length: room.length };
        from.read(span, room);
        inPlace?.pass(span);
      }),
    pause: () => (file.isBehind() ? setImmediate() : undefined),
    close: file.close,
    async finish() {
      handOver();
      await file.finish();
      return { sizeBytes, sha256: hash.digest('hex') };
    },
  };
}
