/**
 * What a command is handed, and how it is hung into the program.
 *
 * A command lives in commands/NAME.ts and exports one function, which describes the command to commander and gives its work to `act`:
 *
 *     export function registerShow(program: Command, act: Act): void {
 *       program
 *         .command('show')
 *         .argument('<run>', 'id of the run')
 *         .description('prints the report of one run')
 *         .action(act(async (context, run: string) => { ...; return 0; }));
 *     }
 *
 * The work gets the context, then what commander hands an action: its arguments, and last its options. It answers with the
 * exit code, or throws: an AppError or AppErrors is printed as `error[CODE]` and leads to the exit code of the catalogue.
 * The function is then named in the list of cli.ts; nothing else is to be done.
 */

import type { Environment } from '../config/resolve-secrets.ts';
import type { Logger, LogLevel } from '../log/logger.ts';
import type { Clock } from '../time/clock.ts';
import type { Output } from './outside.ts';

export interface CliContext {
  /** As typed after --config, or rosterferry.yaml. */
  configPath: string;
  /** One JSON document on stdout and nothing else there. */
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  stdout: Output;
  stderr: Output;
  env: Environment;
  /** The absolute path of one that was typed: relative to where the program was called. */
  pathOf(typed: string): string;
  clock: Clock;
  logger: Logger;
  /** Aborted by SIGINT and SIGTERM, for commands that end by themselves. */
  signal: AbortSignal;
  /** What the command opened and the program closes after it, the ledger above all. */
  closing: AsyncDisposableStack;
}

export interface ActOptions {
  /**
   * The command watches `context.signal` and ends by itself; a second signal ends it at once.
   * Without it the first signal ends the process with 130: nothing it does must then need tidying up.
   */
  endsItself?: boolean;
  /** Least weight of the log lines on stderr where neither --quiet nor --verbose is given; default warn. */
  logLevel?: LogLevel;
}

/** @returns the exit code */
export type Work<Arguments extends unknown[]> = (context: CliContext, ...args: Arguments) => Promise<number>;

export type Act = <Arguments extends unknown[]>(
  work: Work<Arguments>,
  options?: ActOptions,
) => (...args: Arguments) => Promise<void>;
