import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramEnd, runProgram } from './run-program.ts';

export interface Measured extends ProgramEnd {
  seconds: number;
  cpuSeconds: number;
  /** The most memory that the process held at any time (maxRSS), worker threads included. */
  peakMb: number;
}

const HOOK = join(import.meta.dirname, 'peak-hook.ts');

/** Runs `node ARGS` in a process of its own, from its start to its end. Throws where it leaves no figures behind. */
export async function measure(args: readonly string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterferry-usage-'));
  const usage = join(folder, 'usage.json');
  try {
    const start = performance.now();
    const ended = await runProgram(process.execPath, ['--import', HOOK, ...args], { BENCH_USAGE: usage });
    const seconds = (performance.now() - start) / 1000;
    const used: { peakKb: number; cpuUs: number } = JSON.parse(readFileSync(usage, 'utf8'));
    return { ...ended, seconds, cpuSeconds: used.cpuUs / 1e6, peakMb: used.peakKb / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
