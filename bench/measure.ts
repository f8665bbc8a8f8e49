import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  seconds: number;
  cpuSeconds: number;
  /** The most memory that the process held at any time (maxRSS), worker threads included. */
  peakMb: number;
  exitCode: number;
  stdout: string;
  /** Its end, for a message. */
  stderr: string;
}

const HOOK = join(import.meta.dirname, 'peak-hook.ts');
const STDERR_SHOWN = 2000;

/** Runs `node ARGS` in a process of its own, from its start to its end. Throws where it leaves no figures behind. */
export async function measure(args: readonly string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterferry-usage-'));
  const usage = join(folder, 'usage.json');
  try {
    const start = performance.now();
    const ended = await run(['--import', HOOK, ...args], usage);
    const seconds = (performance.now() - start) / 1000;
    const used: { peakKb: number; cpuUs: number } = JSON.parse(readFileSync(usage, 'utf8'));
    return { ...ended, seconds, cpuSeconds: used.cpuUs / 1e6, peakMb: used.peakKb / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  args: readonly string[],
  usage: string,
): Promise<Pick<Measured, 'exitCode' | 'stdout' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, BENCH_USAGE: usage },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_SHOWN);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}
