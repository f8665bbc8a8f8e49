import { availableParallelism } from 'node:os';

/** A smaller file is done with before a thread has loaded its modules. */
const WORTH_BYTES = 32 << 20;

/** Whether work on so many bytes is worth a thread of its own, on this machine. */
export function isWorthAThread(sizeBytes: number, leastBytes = WORTH_BYTES): boolean {
  return sizeBytes >= leastBytes && availableParallelism() > 1;
}
