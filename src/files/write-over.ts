import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type AppendFile, openAppendFile, type Span, type SpanFile } from './append-file.ts';
import { openWriteBehind, type WriteBehind } from './write-behind.ts';

/**
 * A file that is made of the pieces of another one, in its place: most bytes move a little towards the front, within memory
 * that the system holds already, which costs a fraction of what new memory does.
 */
export interface WriteOver extends WriteBehind {
  /** Told what was read of the other file, in its order: neither that nor what is before it is needed any more. */
  pass(span: Span): void;
}

/** Blocks that find no room yet, because of what came in between, such as a header. */
const MOST_WAITING = 8;

/** @param from has the name `path` from now on, and is closed at the end. Throws local_disk_full or local_io. */
export async function openWriteOver(path: string, from: SpanFile, blockBytes: number): Promise<WriteOver> {
  const isMoved = await rename(from.path, path).then(
    () => true,
    () => false,
  );
  if (isMoved) return openMoved(from, await openWriteBehind(path, blockBytes, 'r+'), blockBytes);
  // Such as from another disk: then it is copied, and whatever else is wrong is told of that.
  return { ...(await openWriteBehind(path, blockBytes)), pass: () => undefined };
}

function openMoved(from: SpanFile, file: WriteBehind, blockBytes: number): WriteOver {
  const waiting: { block: Buffer; length: number }[] = [];
  const free: Buffer[] = [];
  let written = 0;
  let room = 0;
  let rest: AppendFile | undefined;

  function writeWaiting(): void {
    for (let next = waiting[0]; next && written + next.length <= room; next = waiting[0]) {
      waiting.shift();
      free.push(file.write(next.block, next.length));
      written += next.length;
    }
  }

  /** What finds no room goes into a file of its own, and so does all that comes behind it. */
  function setAside(): void {
    rest = openAppendFile(`${from.path}.rest`);
    for (const { block, length } of waiting.splice(0)) {
      rest.append(block.subarray(0, length));
      free.push(block);
    }
  }

  return {
    pass({ offset, length }) {
      if (offset < room)
        throw new RangeError(`${from.path} is not read in its order while it is written over`);
      room = offset + length;
    },
    write(block, length) {
      if (rest) {
        rest.append(block.subarray(0, length));
        return block;
      }
      waiting.push({ block, length });
      writeWaiting();
      if (waiting.length > MOST_WAITING) setAside();
      return free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
    },
    isBehind: file.isBehind,
    async finish() {
      from.close();
      room = Number.POSITIVE_INFINITY;
      writeWaiting();
      if (rest) await writeRest(rest, file, blockBytes);
      await file.finish();
    },
    async close() {
      await file.close();
      rest?.close();
      if (rest) rmSync(rest.path, { force: true });
    },
  };
}

async function writeRest(rest: AppendFile, file: WriteBehind, blockBytes: number): Promise<void> {
  let block: Buffer = Buffer.allocUnsafeSlow(blockBytes);
  for (let offset = 0; offset < rest.sizeBytes(); ) {
    const length = Math.min(blockBytes, rest.sizeBytes() - offset);
    rest.read({ offset, length }, block);
    block = file.write(block, length);
    offset += length;
    if (file.isBehind()) await setImmediate();
  }
}
