import { isEndless } from './endless-pattern.ts';

/** Longer values are asked of no expression: one that is slow by a power of the length would keep a night waiting. */
export const LONGEST_ASKED = 1000;

/** Whether a value fits a regular expression as a whole, letters of any script being known by \p{L}. A longer one never does. */
export function compileWholePattern(pattern: string, ignoreCase = false): (value: string) => boolean {
  const expression = new RegExp(`^(?:${pattern})$`, ignoreCase ? 'iu' : 'u');
  return (value) => value.length <= LONGEST_ASKED && expression.test(value);
}

/** What is wrong with a regular expression, in a sentence; undefined where nothing is. */
export function whyNotAPattern(pattern: string, ignoreCase = false): string | undefined {
  try {
    // By itself first: a stray bracket must not close the group that is put around it.
    new RegExp(pattern, 'u');
    compileWholePattern(pattern);
    return isEndless(pattern, ignoreCase)
      ? 'this expression takes the same text in several ways within a repetition, so that one value could keep it busy for ever; repeat one part only'
      : undefined;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^.*\/[a-z]*: /, '') : String(cause);
    return `this is no regular expression (${why})`;
  }
}
