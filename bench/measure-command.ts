import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramEnd, runProgram } from './run-program.ts';

export interface Usage {
  seconds: number;
  /** Of the program and of those that it started; NaN where the machine has no GNU time. */
  cpuSeconds: number;
  /** The most memory that one process held at any time; NaN likewise. */
  peakMb: number;
}

export interface Ended extends Usage, ProgramEnd {}

const GNU_TIME = '/usr/bin/time';
const hasTime = spawnSync(GNU_TIME, ['--version']).status === 0;

/**
 * Any program, as the system accounts for it; all of them alike, whatever they are written in. What others wrote is on the disk before:
 * else a program that syncs would wait for theirs.
 */
export async function measureCommand(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'rosterferry-usage-'));
  const usage = join(folder, 'usage');
  const timed = ['-f', '%U %S %M', '-o', usage, program, ...args];
  try {
    spawnSync('sync');
    const start = performance.now();
    const ended = await (hasTime ? runProgram(GNU_TIME, timed, env) : runProgram(program, args, env));
    const seconds = (performance.now() - start) / 1000;
    const last = hasTime ? readFileSync(usage, 'utf8').trim().split('\n').at(-1) : undefined;
    const [user = Number.NaN, system = 0, peakKb = Number.NaN] = last?.split(' ').map(Number) ?? [];
    return { ...ended, seconds, cpuSeconds: user + system, peakMb: peakKb / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
