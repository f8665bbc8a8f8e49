import type { Environment } from '../config/resolve-secrets.ts';

export type StopSignal = 'SIGINT' | 'SIGTERM';

/** Where text goes: a terminal, a file or a pipe. */
export interface Output extends NodeJS.WritableStream {
  isTTY?: boolean;
  /** Of a terminal only. */
  columns?: number;
}

/**
 * All that the command line knows of the process that it runs in. It is handed in, and `process` itself fits: so the whole
 * program can be run within another one, several times and side by side.
 */
export interface Outside {
  stdout: Output;
  stderr: Output;
  env: Environment;
  /** Absolute; what a path that was typed is relative to. */
  cwd(): string;
  on(signal: StopSignal, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: StopSignal, listener: (signal: NodeJS.Signals) => void): unknown;
  /** At once, whatever is still at work. */
  exit(code: number): never;
}
