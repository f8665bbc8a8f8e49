import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Compiled modules of the last start: a start takes a third of the time. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/rosterferry', import.meta.url));

export interface Ended {
  exit: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Another account, where we are the administrator. */
  uid?: number;
}

/** The real process, as a person starts it. */
export async function rosterferry(args: readonly string[], options: RunOptions): Promise<Ended> {
  return (await startRosterferry(args, options)).ended;
}

export async function startRosterferry(
  args: readonly string[],
  { cwd, env = {}, uid }: RunOptions,
): Promise<{ child: ChildProcess; ended: Promise<Ended> }> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH, HOME, ...(uid === undefined ? { NODE_COMPILE_CACHE: CACHE } : {}), ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  const closed = once(child, 'close');
  return { child, ended: closed.then(([exit]) => ({ exit, ...output })) };
}
