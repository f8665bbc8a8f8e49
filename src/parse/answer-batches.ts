/** The other thread's half of `batches-from-worker.ts`: answers each batch that is asked for. */
import { parentPort } from 'node:worker_threads';
import { packFault, type ThreadFault } from '../threads/thread-fault.ts';
import type { Notice } from '../vocabulary/run.ts';

export type BatchAnswer<Batch> =
  | ({ kind: 'batch' } & MovableBatch<Batch>)
  | { kind: 'end'; notices: Notice[] }
  | ThreadFault;

/** A batch, and those of its buffers that are moved instead of copied. */
export interface MovableBatch<Batch> {
  batch: Batch;
  moved: ArrayBuffer[];
}

/**
 * Walks to the end, and lets go of the thread. So many batches are on their way as were asked for: memory stays flat
 * however slow the other side is.
 * @param walk is told the task, and how many batches are asked for and not answered
 */
export async function answerBatches<Task, Batch>(
  walk: (task: Task, notices: Notice[], asked: () => number) => AsyncIterable<MovableBatch<Batch>>,
): Promise<void> {
  const notices: Notice[] = [];
  const asked = openAsked<Task>();
  const task = await asked.task;
  const answer = (message: BatchAnswer<Batch>, moved: ArrayBuffer[] = []) =>
    parentPort?.postMessage(message, moved);
  try {
    for await (const { batch, moved } of walk(task, notices, asked.left)) {
      await asked.next();
      answer({ kind: 'batch', batch, moved }, moved);
    }
    answer({ kind: 'end', notices });
  } catch (thrown) {
    answer(packFault(thrown));
  }
  parentPort?.close();
}

/** One listener from the begin, so that no message is missed: the task first, then again and again how many more are asked for. */
function openAsked<Task>(): { task: Promise<Task>; left(): number; next(): Promise<void> } {
  const { promise: task, resolve: begin } = Promise.withResolvers<Task>();
  let asked = 0;
  let wake: () => void = () => undefined;
  parentPort?.on('message', (message: Task | number) => {
    if (typeof message !== 'number') return begin(message);
    asked += message;
    wake();
  });
  return {
    task,
    left: () => asked,
    async next() {
      while (asked === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      asked--;
    },
  };
}
