import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/cli.ts';
import { underOwnerOnlyUmask } from './owner-only-umask.ts';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Compiled modules of the last start: a start takes a third of the time. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/rosterferry', import.meta.url));

export interface Ended {
  exit: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  /** Beside PATH and HOME; nothing else is handed on. */
  env?: Record<string, string>;
}

export interface ProcessOptions extends RunOptions {
  /** Another account, where we are the administrator. */
  uid?: number;
}

/**
 * The whole program, from its arguments to its exit code, within this process: it costs a hundredth of a start. What a
 * process alone has (signals, a pipe, a terminal, an account, a crash) is tested with startRosterferry.
 */
export function rosterferry(args: readonly string[], { cwd, env = {} }: RunOptions): Promise<Ended> {
  const stdout = openCapture();
  const stderr = openCapture();
  const outside = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { ...inherited(), ...env },
    cwd: () => cwd,
    on: () => undefined,
    off: () => undefined,
    exit: (code: number): never => {
      throw new Error(`exit(${code}) without a signal`);
    },
  };
  return underOwnerOnlyUmask(async () => {
    const exit = await runCli(args, outside);
    return { exit, stdout: stdout.text(), stderr: stderr.text() };
  });
}

/** A stream that is no terminal, and what was written to it. */
function openCapture(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** The real process, as a person starts it, from its start to its end. */
export async function rosterferryProcess(args: readonly string[], options: ProcessOptions): Promise<Ended> {
  return (await startRosterferry(args, options)).ended;
}

export async function startRosterferry(
  args: readonly string[],
  { cwd, env = {}, uid }: ProcessOptions,
): Promise<{ child: ChildProcess; ended: Promise<Ended> }> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...inherited(), ...(uid === undefined ? { NODE_COMPILE_CACHE: CACHE } : {}), ...env },
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

function inherited(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}
