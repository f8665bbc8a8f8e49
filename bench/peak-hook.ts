/** Loaded before a measured program with --import: when it ends, writes what it used to the file of BENCH_USAGE. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const path = process.env.BENCH_USAGE;
if (path !== undefined && isMainThread) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(path, JSON.stringify({ peakKb: maxRSS, cpuUs: userCPUTime + systemCPUTime }));
  });
}
