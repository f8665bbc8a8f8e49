import { availableParallelism } from 'node:os';
import { openReadingThread, type ReadingThread } from '../../parse/batches-from-worker.ts';

/** The thread that reads a large file beside the corridor; at most one is opened ahead of its task. */
export interface DraftThread extends Disposable {
  /** It takes half a second until a thread has loaded its modules: one that such a file will need is opened now. */
  warm(sizeBytes: number): void;
  take(): ReadingThread;
}

/** Below this, opening the mapping in a second thread costs more than it saves. */
const WORTH_SHARING_BYTES = 32 << 20;

/** As TypeScript in a checkout, as JavaScript in the published package. */
const WORKER = new URL(`./draft-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Whether a second thread is worth opening for a file of this size, on this machine. */
export function isWorthSharing(sizeBytes: number): boolean {
  return sizeBytes >= WORTH_SHARING_BYTES && availableParallelism() > 1;
}

export function openDraftThread(): DraftThread {
  let spare: ReadingThread | undefined;
  return {
    warm(sizeBytes) {
      if (!isWorthSharing(sizeBytes)) return;
      try {
        spare ??= openReadingThread(WORKER);
      } catch {
        // It only saves time: whoever needs a thread opens one, and says what is wrong.
      }
    },
    take() {
      const thread = spare ?? openReadingThread(WORKER);
      spare = undefined;
      return thread;
    },
    // A thread that was taken is ended by whoever reads from it.
    [Symbol.dispose]() {
      void spare?.worker.terminate();
      spare = undefined;
    },
  };
}
