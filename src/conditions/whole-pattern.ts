/** A regular expression that a value fits as a whole, letters of any script being known by \p{L}. */
export function compileWholePattern(pattern: string, ignoreCase = false): RegExp {
  return new RegExp(`^(?:${pattern})$`, ignoreCase ? 'iu' : 'u');
}

/** What is wrong with a regular expression, in a sentence; undefined where nothing is. */
export function whyNotAPattern(pattern: string): string | undefined {
  try {
    // By itself first: a stray bracket must not close the group that is put around it.
    new RegExp(pattern, 'u');
    compileWholePattern(pattern);
    return undefined;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^.*\/[a-z]*: /, '') : String(cause);
    return `this is no regular expression (${why})`;
  }
}
