/**
 * How anything fails here: one class, made only from the catalogue.
 *
 * in:       a code of the catalogue, a sentence, the place
 * out:      an error that a person can act on and that a program can read
 * promises: a code from a closed list, a hint, and whether trying again may help
 * never:    carries a value of a student
 */
import { CATALOGUE, type ErrorCode } from './catalogue.ts';
import { describeFault } from './describe-fault.ts';

/** Where a mistake stands: a file that people write or drop, with 1-based line and column where known. */
export interface Place {
  file: string;
  line?: number;
  column?: number;
}

export interface ErrorDetails {
  /** What to do now; the catalogue's general hint where it is left out. */
  hint?: string;
  place?: Place;
  /** Facts for programs: host names, counts, paths. Never a value of a student. */
  context?: Record<string, string | number | boolean | readonly string[]>;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly place: Place | undefined;
  readonly transient: boolean;
  readonly context: NonNullable<ErrorDetails['context']>;

  /** @param message what was being done, to what, and why it could not be done: one sentence. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = details.hint ?? CATALOGUE[code].hint;
    this.place = details.place;
    this.transient = CATALOGUE[code].transient;
    this.context = details.context ?? {};
  }
}

/** Several mistakes found in one go, so that a person mends them in one go. */
export class AppErrors extends Error {
  readonly errors: readonly AppError[];

  constructor(errors: readonly AppError[]) {
    super(`${errors.length} mistakes`);
    this.name = 'AppErrors';
    this.errors = errors;
  }
}

/** `file:line:column`, as editors and terminals link it. */
export function describePlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}

/** Any thrown thing as one of ours: what is not ours is a defect of the program. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof AppErrors && thrown.errors[0]) return asOne(thrown.errors, thrown.errors[0]);
  return new AppError('defect', describeFault(thrown), { cause: thrown });
}

/** Where only one can be shown, as in the report of a run: the first one, with what the others say beside it. */
function asOne(errors: readonly AppError[], first: AppError): AppError {
  // Each may end with the same list of what there is: it is told once.
  const sentences = new Set(errors.flatMap(({ message }) => message.split(/(?<=\.) /)));
  const { code, hint, place } = first;
  if (errors.length === 1) return first;
  return new AppError(code, [...sentences].map(endSentence).join(' '), { hint, ...(place && { place }) });
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Throws what was collected: nothing, the one mistake, or all of them together. */
export function throwAll(errors: readonly AppError[]): void {
  const [first] = errors;
  if (!first) return;
  throw errors.length === 1 ? first : new AppErrors(errors);
}
