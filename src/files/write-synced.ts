import type { FileHandle } from 'node:fs/promises';
import { writeAll } from './write-block.ts';

/** So much is brought to the disk while the next blocks are written: a disk that is asked only at the end has idled until then. */
const SYNC_EVERY_BYTES = 8 << 20;

export type Write = (block: Buffer) => Promise<void>;

/**
 * What `feed` writes, one block behind the other, and all of it on the disk. When this throws, nothing of it is at work any
 * more, and the file may be closed.
 * @param inWords of what the system says of a block or a sync; what `feed` throws is thrown as it is
 */
export async function writeSynced(
  file: FileHandle,
  feed: (write: Write) => Promise<void>,
  inWords: (cause: unknown) => unknown = (cause) => cause,
): Promise<void> {
  const saying = (work: Promise<void>) =>
    work.catch((cause: unknown) => {
      throw inWords(cause);
    });
  const syncs = openSyncs(file);
  try {
    await feed(async (block) => {
      await saying(writeAll(file, block));
      syncs.wrote(block.length);
    });
  } catch (fault) {
    // The fault that is under way is the one to tell.
    await syncs.settled().catch(() => undefined);
    throw fault;
  }
  await saying(syncs.settled());
  await saying(file.sync());
}

/** One at a time. The system tells a fault once, and then all looks well: so that nothing is asked any more after one. */
function openSyncs(file: FileHandle) {
  let waitingBytes = 0;
  let isIdle = true;
  let last = Promise.resolve();
  return {
    wrote(bytes: number): void {
      waitingBytes += bytes;
      if (!isIdle || waitingBytes < SYNC_EVERY_BYTES) return;
      waitingBytes = 0;
      isIdle = false;
      last = file.sync().then(() => {
        isIdle = true;
      });
      // Who waits for it hears of it.
      last.catch(() => undefined);
    },
    settled: () => last,
  };
}
