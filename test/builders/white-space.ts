/** White space beyond the space itself, as JavaScript has it. */
export const WHITE_SPACE = [
  '\t',
  '\u00a0',
  '\u1680',
  '\u2003',
  '\u2028',
  '\u202f',
  '\u3000',
  '\ufeff',
] as const;
