/**
 * Threads: how this thread and those beside it are started and hear of each other.
 *
 * in:       a module, a size, what another thread throws
 * out:      where the module lies, whether a thread is worth it, the same error here as there
 * promises: whoever waits for a thread hears of its end, however it ended
 * never:    knows what a thread is for
 */
import type { Worker } from 'node:worker_threads';
import { packFault, type ThreadFault } from './thread-fault.ts';

/**
 * Hands over what a thread answers, in its order, and a fault behind it where it broke or ended by itself. What it answered last may come
 * later than that it broke, and is there when it has ended.
 * @param take called behind the last answer too: every thread ends once
 */
export function listenTo<Answer>(worker: Worker, take: (answer: Answer | ThreadFault) => void): void {
  let fault: ThreadFault = { kind: 'defect', message: 'the thread ended early' };
  worker.on('message', take);
  worker.on('error', (error) => {
    fault = packFault(error);
  });
  worker.on('exit', () => take(fault));
}
