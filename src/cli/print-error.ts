import { type AppError, AppErrors, asAppError, describePlace } from '../errors/app-error.ts';
import { CATALOGUE } from '../errors/catalogue.ts';
import { traceOf } from '../errors/describe-fault.ts';
import { ended } from '../report/plain-values.ts';
import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './act.ts';
import type { Output } from './outside.ts';
import { paint, printJson } from './print.ts';

type ErrorOutput = Pick<CliContext, 'stdout' | 'stderr' | 'quiet' | 'json' | 'verbose'>;

/**
 * Prints what was thrown: a line on stderr for each mistake, and with --json one document on stdout.
 * @returns the exit code of the first mistake
 */
export function printError(output: ErrorOutput, thrown: unknown): number {
  const errors = errorsOf(thrown);
  if (output.json) printJson(output, errorDocument(errors));
  return printErrorLines(output, errors);
}

/** @returns the exit code of the first mistake */
export function printErrorLines(output: ErrorOutput, errors: readonly AppError[]): number {
  for (const error of errors) {
    output.stderr.write(`${errorLine(error, output.stderr)}\n`);
    if (output.verbose && error.code !== 'usage') output.stderr.write(`${stackOf(error)}\n`);
  }
  const [first] = errors;
  return first ? CATALOGUE[first.code].exit : 1;
}

/** What nobody caught, with its calls: a defect, wherever it came from. @returns the exit code */
export function printCrash(
  { stdout, stderr }: Pick<ErrorOutput, 'stdout' | 'stderr'>,
  thrown: unknown,
): number {
  return printErrorLines({ stdout, stderr, quiet: false, json: false, verbose: true }, errorsOf(thrown));
}

/** Every mistake that was thrown, as ours. */
export function errorsOf(thrown: unknown): readonly AppError[] {
  return thrown instanceof AppErrors ? thrown.errors : [asAppError(thrown)];
}

/** { error } is the first; { errors } are all of them. */
function errorDocument(errors: readonly AppError[]): object {
  const documents = errors.map(errorFacts);
  return { error: documents[0], errors: documents };
}

export function errorFacts({ code, message, hint, place }: AppError): object {
  return { code, message, hint, place: place ?? null };
}

/** error[CODE]: FILE:LINE:COLUMN: sentence. Hint. */
export function errorLine(error: AppError, stream: Output): string {
  const where = error.place ? `${describePlace(error.place)}: ` : '';
  const sentences = visibleText(`${where}${ended(error.message)} ${ended(error.hint)}`);
  return `${paint('red', `error[${error.code}]`, stream)}: ${sentences}`;
}

/** Of what others threw, the calls and not the message: it quotes what it was handed. */
function stackOf(error: AppError): string {
  const { cause } = error;
  const beneath = cause instanceof Error ? `\ncaused by ${traceOf(cause)}` : '';
  return `${error.stack ?? ''}${beneath}`.split('\n').map(visibleText).join('\n');
}
