/** The other thread of `hash-beside.ts`. */
import { parentPort } from 'node:worker_threads';
import { packFault } from '../threads/thread-fault.ts';
import type { HashAnswer } from './hash-beside.ts';
import { hashFile } from './hash-file.ts';

parentPort?.once('message', async (path: string) => {
  const answer: HashAnswer = await hashFile(path).then(
    (digest) => ({ kind: 'hashed', digest }),
    (thrown: unknown) => packFault(thrown),
  );
  parentPort?.postMessage(answer);
});
