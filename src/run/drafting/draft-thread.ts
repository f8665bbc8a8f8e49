import { openReadingThread, type ReadingThread } from '../../parse/batches-from-worker.ts';
import { isWorthAThread } from '../../threads/is-worth-a-thread.ts';
import { workerModule } from '../../threads/worker-module.ts';

/** The thread that reads a large file beside the corridor; at most one is opened ahead of its task. */
export interface DraftThread extends Disposable {
  /** It takes half a second until a thread has loaded its modules: one that such a file will need is opened now. */
  warm(sizeBytes: number): void;
  /** Gives the next thread that is taken its task: it works while its first batches are waited for. */
  begin(task: object): void;
  /** The one that was given a task. */
  take(): ReadingThread;
}

const WORKER = workerModule('run/drafting/draft-worker');

export function openDraftThread(): DraftThread {
  let spare: ReadingThread | undefined;
  return {
    warm(sizeBytes) {
      if (!isWorthAThread(sizeBytes)) return;
      try {
        spare ??= openReadingThread(WORKER);
      } catch {
        // It only saves time: whoever needs a thread opens one, and says what is wrong.
      }
    },
    begin(task) {
      spare ??= openReadingThread(WORKER);
      spare.begin(task);
    },
    take() {
      if (!spare) throw new RangeError('No thread was given a task');
      const thread = spare;
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
