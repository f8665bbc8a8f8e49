/**
 * Cli: what a person types.
 *
 * in:       the words after `rosterferry`
 * out:      text or one JSON document on stdout, errors and logs on stderr, an exit code
 * promises: every failure is `error[CODE]: where: what. What to do.` and leads to one documented exit code
 * never:    shows a stack trace unasked, or decides anything about students
 */
import { isAbsolute, join, normalize } from 'node:path';
import { Command, CommanderError } from 'commander';
import { nearestName } from '../config/nearest-name.ts';
import { AppError } from '../errors/app-error.ts';
import { EXIT_BY_SIGNAL } from '../errors/catalogue.ts';
import { openLogger } from '../log/logger.ts';
import { systemClock } from '../time/clock.ts';
import type { Act, ActOptions, CliContext } from './act.ts';
import { chooseCommands } from './choose-commands.ts';
import { exitCodesText } from './exit-codes.ts';
import type { Output, Outside } from './outside.ts';
import { packageVersion } from './package-version.ts';
import { printNote } from './print.ts';
import { printError } from './print-error.ts';
import { listenForSignals } from './signals.ts';

/** @returns the exit code; everything else has been printed */
export async function runCli(argv: readonly string[], outside: Outside): Promise<number> {
  ignoreClosedPipe(outside.stdout);
  ignoreClosedPipe(outside.stderr);
  const program = describeProgram(outside);
  let exitCode = 0;
  const act: Act =
    (work, options = {}) =>
    async (...args) => {
      using stop = listenForSignals(outside, options.endsItself === true);
      await using closing = new AsyncDisposableStack();
      const context = { ...openContext(program, options, outside), signal: stop.signal, closing };
      exitCode = await work(context, ...args).catch((thrown: unknown) => endStopped(context, thrown));
    };
  await chooseCommands(program, act, argv);
  for (const command of program.commands) command.addHelpText('after', exitCodesText());
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    return printError(
      outputOf(program, argv, outside),
      thrown instanceof CommanderError ? usageError(thrown, program, argv) : thrown,
    );
  }
}

/** What was stopped half-way is no fault: a run at work stays open, and the next one finishes it. */
function endStopped(context: CliContext, thrown: unknown): number {
  if (!context.signal.aborted) throw thrown;
  printNote(
    context,
    'stopped; a run that was at work is finished by the next run or start of its connection',
  );
  return EXIT_BY_SIGNAL;
}

function describeProgram({ stdout }: Outside): Command {
  return new Command('rosterferry')
    .description('Carries student rosters between school systems, with every row accounted for.')
    .version(packageVersion())
    .option('--config <file>', 'the configuration', 'rosterferry.yaml')
    .option('--json', 'print one JSON document on stdout')
    .option('--quiet', 'print results and errors only')
    .option('--verbose', 'log every step, and show where an error arose')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // What commander would say of a mistake, printError says.
      writeErr: () => undefined,
      getOutHelpWidth: () => stdout.columns || 80,
    })
    .addHelpText('after', exitCodesText())
    .exitOverride();
}

interface GlobalOptions {
  config: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

function openContext(program: Command, options: ActOptions, outside: Outside) {
  const { config, json = false, quiet = false, verbose = false } = program.opts<GlobalOptions>();
  if (quiet && verbose) throw new AppError('usage', '--quiet and --verbose cannot be given together');
  const level = verbose ? 'debug' : quiet ? 'error' : (options.logLevel ?? 'warn');
  const { stdout, stderr, env } = outside;
  return {
    configPath: config,
    json,
    quiet,
    verbose,
    stdout,
    stderr,
    env,
    pathOf: (typed: string) => (isAbsolute(typed) ? normalize(typed) : join(outside.cwd(), typed)),
    clock: systemClock,
    logger: openLogger(level, stderr),
  };
}

/** Where the words themselves were wrong, commander may have stopped before it met --json. */
function outputOf(program: Command, argv: readonly string[], { stdout, stderr }: Outside) {
  const { json = argv.includes('--json'), quiet = false, verbose = false } = program.opts<GlobalOptions>();
  return { stdout, stderr, json, quiet, verbose };
}

function usageError(error: CommanderError, program: Command, argv: readonly string[]): AppError {
  if (error.code === 'commander.help') return new AppError('usage', 'no command was given');
  const [sentence = '', ...guess] = error.message.replace(/^error: /, '').split('\n');
  const hint = guess.join(' ').replace(/[()]/g, '');
  const command = program.commands.map((one) => one.name()).find((name) => argv.includes(name));
  const help = `See rosterferry ${command === undefined ? '' : `${command} `}--help.`;
  const [, word, choices] = /value '(.*)' is invalid .* choices are (.*)\.$/.exec(sentence) ?? [];
  if (word === undefined || choices === undefined)
    return new AppError('usage', sentence, { hint: hint || help });
  const near = nearestName(word, choices.split(', '));
  const meant = near === undefined ? help : `Did you mean ${near}?`;
  return new AppError('usage', `${word} is none of ${choices}`, { hint: meant });
}

/** `rosterferry runs | head` closes the pipe early; the work goes on, and what nobody reads is not written. */
function ignoreClosedPipe(stream: Output): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
