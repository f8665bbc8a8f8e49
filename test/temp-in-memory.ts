/**
 * Temp folders in memory, where the machine has some to spare. A run asks the disk several times to keep what it wrote, and a
 * thousand runs of made-up districts need not wait for that; TMPDIR says where else they shall lie.
 */
import { accessSync, constants, statfsSync } from 'node:fs';

const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1 << 30;

function isSpacious(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

if (process.env.TMPDIR === undefined && process.env.NIGHTLY === undefined && isSpacious(IN_MEMORY))
  process.env.TMPDIR = IN_MEMORY;
