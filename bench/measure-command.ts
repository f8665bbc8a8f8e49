import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Usage {
  seconds: number;
  /** Of the program and of those that it started; NaN where the machine has no GNU time. */
  cpuSeconds: number;
  /** The most memory that one process held at any time; NaN likewise. */
  peakMb: number;
}

export interface Ended extends Usage {
  exitCode: number;
  stdout: string;
  /** Its end, for a message. */
  stderr: string;
}

const GNU_TIME = '/usr/bin/time';
const hasTime = spawnSync(GNU_TIME, ['--version']).status === 0;
const STDERR_SHOWN = 2000;

/** Any program, as the system accounts for it; all of them alike, whatever they are written in. */
export async function measureCommand(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterferry-usage-'));
  const usage = join(folder, 'usage');
  const timed = ['-f', '%U %S %M', '-o', usage, program, ...args];
  try {
    const start = performance.now();
    const ended = await (hasTime ? run(GNU_TIME, timed, env) : run(program, args, env));
    const seconds = (performance.now() - start) / 1000;
    const last = hasTime ? readFileSync(usage, 'utf8').trim().split('\n').at(-1) : undefined;
    const [user = Number.NaN, system = 0, peakKb = Number.NaN] = last?.split(' ').map(Number) ?? [];
    return { ...ended, seconds, cpuSeconds: user + system, peakMb: peakKb / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Pick<Ended, 'exitCode' | 'stdout' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
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

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
