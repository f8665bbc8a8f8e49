import { AppError } from '../errors/app-error.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** What the catalogue advises, disk and rights, is wrong for these. */
const TOO_MANY_OPEN = new Set(['EMFILE', 'ENFILE']);
const RAISE_LIMIT = 'Allow more open files (LimitNOFILE of the service, or ulimit -n), and run again.';

/** A fault of the local disk as one of our errors: full is worth another try, the rest is not. */
export function diskError(sentence: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = errnoOf(cause);
  const why = wordsOf(cause);
  const hint = TOO_MANY_OPEN.has(code) ? { hint: RAISE_LIMIT } : {};
  return new AppError(FULL.has(code) ? 'local_disk_full' : 'local_io', `${sentence}: ${why}`, {
    ...hint,
    cause,
  });
}

function wordsOf(cause: unknown): string {
  // Its message quotes the text, which may be of people.
  if (cause instanceof SyntaxError) return 'it is no JSON, or not whole';
  const said = cause instanceof Error ? cause.message : String(cause);
  // The temporary name of a file says nothing to whoever named it.
  return said.replace(/, \w+ '[^']*\.tmp'.*$/, '');
}

/** ENOENT and its kin, or a blank where the fault is none of the file system. */
export function errnoOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string')
    return thrown.code;
  return '';
}
