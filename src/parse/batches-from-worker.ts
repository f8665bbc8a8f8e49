import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors/app-error.ts';
import { describeFault } from '../errors/describe-fault.ts';
import type { Notice } from '../vocabulary/run.ts';
import type { BatchAnswer } from './answer-batches.ts';

/** Batches on their way: enough that neither thread waits for the other, few enough to stay small. */
export const IN_FLIGHT = 16;
/** Asked for together: waking the other thread costs half a millisecond. */
export const ASKED_AT_ONCE = 8;
/**
 * The young generation of the other thread: with the default it grows to several times this without being quicker, and where
 * the process keeps it from growing it would stay at 1 MB, and be emptied seven hundred times in a million rows.
 */
const YOUNG_MB = 16;
const YOUNG_FLAG = '--min-semi-space-size=4';

/**
 * A thread that loads its modules, and then waits for its task.
 * @param worker a module that ends in `answerBatches`
 */
export function openReadingThread(worker: URL): Worker {
  setFlagsFromString(YOUNG_FLAG);
  return new Worker(worker, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
}

/**
 * What a thread makes of `task`, batch after batch in its order; its last notices go to `notices`, and the thread ends. Throws
 * the errors of that thread as if they were of this one. The buffers of a batch are gone when the next one is asked for.
 */
export async function* batchesFromWorker<Batch>(
  thread: Worker,
  task: object,
  notices: Notice[],
): AsyncGenerator<Batch> {
  const answers = openAnswers<Batch>(thread);
  try {
    thread.postMessage(task);
    thread.postMessage(IN_FLIGHT);
    for (let taken = 1; ; taken++) {
      const answer = await answers.next();
      if (answer.kind === 'end') {
        notices.push(...answer.notices);
        return;
      }
      if (answer.kind !== 'batch') throw asError(answer);
      if (taken % ASKED_AT_ONCE === 0) thread.postMessage(ASKED_AT_ONCE);
      yield answer.batch;
      // The collector sees how large they are too late: a hundred megabytes of them would wait for it.
      for (const buffer of answer.moved) buffer.transfer(0);
    }
  } finally {
    await thread.terminate();
  }
}

/** Answers in their order; also that the thread ended without one. */
function openAnswers<Batch>(thread: Worker): { next(): Promise<BatchAnswer<Batch>> } {
  const waiting: BatchAnswer<Batch>[] = [];
  let wake: () => void = () => undefined;
  const take = (answer: BatchAnswer<Batch>) => {
    waiting.push(answer);
    wake();
  };
  thread.on('message', take);
  thread.on('error', (error) => take({ kind: 'defect', message: describeFault(error) }));
  thread.on('exit', () => take({ kind: 'defect', message: 'the thread ended early' }));
  return {
    async next() {
      for (;;) {
        const answer = waiting.shift();
        if (answer) return answer;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function asError(answer: Extract<BatchAnswer<unknown>, { kind: 'fault' | 'defect' }>): AppError {
  if (answer.kind === 'defect') return new AppError('defect', `Reading failed: ${answer.message}`);
  const { code, message, hint, place } = answer;
  return new AppError(code, message, { hint, ...(place ? { place } : {}) });
}
