import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { packFault, type ThreadFault, unpackFault } from '../errors/thread-fault.ts';
import { type FileDigest, hashFile } from './hash-file.ts';

/** Hashes one file, beside this thread where that is worth one of its own. */
export interface Hasher extends Disposable {
  /** As `hashFile`, once. */
  hash(path: string): Promise<FileDigest>;
}

export type HashAnswer = { kind: 'hashed'; digest: FileDigest } | ThreadFault;

/** A smaller one is hashed before a thread is there. */
const WORTH_BYTES = 32 << 20;
/** As TypeScript in a checkout, as JavaScript in the published package. */
const WORKER = new URL(`./hash-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** To be opened ahead of its task, so that a thread can load its modules. */
export function openHasher(sizeBytes: number, worthBytes = WORTH_BYTES): Hasher {
  if (sizeBytes < worthBytes || availableParallelism() === 1)
    return { hash: hashFile, [Symbol.dispose]: () => undefined };
  const worker = new Worker(WORKER);
  const { promise, resolve } = Promise.withResolvers<HashAnswer>();
  worker.on('message', resolve);
  worker.on('error', (error) => resolve(packFault(error)));
  worker.on('exit', () => resolve({ kind: 'defect', message: 'the thread ended early' }));
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
