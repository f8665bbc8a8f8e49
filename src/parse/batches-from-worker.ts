import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { listenTo } from '../threads/listen-to.ts';
import { unpackFault } from '../threads/thread-fault.ts';
import type { Notice } from '../vocabulary/run.ts';
import type { BatchAnswer } from './answer-batches.ts';

/** Batches on their way: enough that neither thread waits for the other, few enough to stay small. */
const IN_FLIGHT = 32;
/** Asked for together: waking the other thread costs half a millisecond. */
export const ASKED_AT_ONCE = 8;
/**
 * The young generation of the other thread: with the default it grows to several times this without being quicker, and where
 * the process keeps it from growing it would stay at 1 MB, and be emptied seven hundred times in a million rows.
 */
const YOUNG_MB = 16;
const YOUNG_FLAG = '--min-semi-space-size=4';

/** A thread that loads its modules, and then waits for its task. What befalls it meanwhile waits for who reads its batches. */
export interface ReadingThread {
  worker: Worker;
  /** The first batches of this task may be made before anybody asks for them. To be called once. */
  begin(task: object): void;
  answers: { next(): Promise<BatchAnswer<unknown>> };
}

/** @param module that ends in `answerBatches` */
export function openReadingThread(module: URL): ReadingThread {
  setFlagsFromString(YOUNG_FLAG);
  const worker = new Worker(module, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  return {
    worker,
    begin(task) {
      // Asked before there is a task: the first batch is there before the second message is.
      worker.postMessage(IN_FLIGHT);
      worker.postMessage(task);
    },
    answers: openAnswers(worker),
  };
}

/**
 * What a thread that was begun makes of its task, batch after batch in its order; its last notices go to `notices`, and the
 * thread ends. Throws the errors of that thread as if they were of this one. The buffers of a batch are gone when the next one
 * is asked for.
 */
export async function* batchesFromWorker<Batch>(
  { worker, answers }: ReadingThread,
  notices: Notice[],
): AsyncGenerator<Batch> {
  try {
    for (let taken = 1; ; taken++) {
      const answer = await answers.next();
      if (answer.kind === 'end') {
        notices.push(...answer.notices);
        return;
      }
      if (answer.kind !== 'batch') throw unpackFault(answer, 'Reading');
      if (taken % ASKED_AT_ONCE === 0) worker.postMessage(ASKED_AT_ONCE);
      // Of the module that was asked, which makes such batches.
      yield answer.batch as Batch;
      // The collector sees how large they are too late: a hundred megabytes of them would wait for it.
      for (const buffer of answer.moved) buffer.transfer(0);
    }
  } finally {
    await worker.terminate();
  }
}

/** Answers in their order; also that the thread ended without one. */
function openAnswers(worker: Worker): ReadingThread['answers'] {
  const waiting: BatchAnswer<unknown>[] = [];
  let wake: () => void = () => undefined;
  const take = (answer: BatchAnswer<unknown>) => {
    waiting.push(answer);
    wake();
  };
  listenTo(worker, take);
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
