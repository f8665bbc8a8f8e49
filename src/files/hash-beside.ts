import { Worker } from 'node:worker_threads';
import { isWorthAThread } from '../threads/is-worth-a-thread.ts';
import { listenTo } from '../threads/listen-to.ts';
import { type ThreadFault, unpackFault } from '../threads/thread-fault.ts';
import { workerModule } from '../threads/worker-module.ts';
import { type FileDigest, hashFile } from './hash-file.ts';

/** Hashes one file, beside this thread where that is worth one of its own. */
export interface Hasher extends Disposable {
  /** As `hashFile`, once. */
  hash(path: string): Promise<FileDigest>;
}

export type HashAnswer = { kind: 'hashed'; digest: FileDigest } | ThreadFault;

const WORKER = workerModule('files/hash-worker');

/** To be opened ahead of its task, so that a thread can load its modules. */
export function openHasher(sizeBytes: number, leastBytes?: number): Hasher {
  if (!isWorthAThread(sizeBytes, leastBytes)) return { hash: hashFile, [Symbol.dispose]: () => undefined };
  const worker = new Worker(WORKER);
  const { promise, resolve } = Promise.withResolvers<HashAnswer>();
  listenTo<HashAnswer>(worker, resolve);
  return {
    async hash(path) {
      worker.postMessage(path);
      const answer = await promise;
      if (answer.kind === 'hashed') return answer.digest;
      throw unpackFault(answer, 'Reading');
    },
    [Symbol.dispose]: () => void worker.terminate(),
  };
}
