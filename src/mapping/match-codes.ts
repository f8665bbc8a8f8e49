import { AppError } from '../errors/app-error.ts';
import { Flaw } from './transforms/transform.ts';

export interface CodeRules {
  /** The target field, for messages about the mapping. */
  field: string;
  ignore_case: boolean;
  otherwise: 'reject' | 'blank' | 'keep' | { value: string };
  /** What is said where a value is rejected; without the value. */
  unknown?: string;
}

/** The name under which the table of a lookup is kept among the code tables; no target field is called so. */
export function lookupTableName(table: { file: string; key: string; value: string }): string {
  return JSON.stringify([table.file, table.key, table.value]);
}

/**
 * Looks a value up among the codes, exactly after trimming. A blank stays blank unless it is a code itself.
 * Throws `config_invalid` where one code has two values.
 */
export function compileMatchCodes(
  codes: readonly (readonly [code: string, value: string])[],
  rules: CodeRules,
): (value: string) => string | Flaw {
  const clash = clashingCode(codes, rules.ignore_case);
  if (clash !== undefined)
    throw new AppError(
      'config_invalid',
      `The codes of ${rules.field} have "${clash}" twice, with different values`,
      {
        hint: 'Keep one of the two; white space around a code is no part of it, and with ignore_case neither is its case.',
      },
    );
  const fold = foldOf(rules.ignore_case);
  const values = new Map(codes.map(([code, value]) => [fold(code), value]));
  const otherwise = compileOtherwise(rules);
  return (value) => {
    const code = fold(value);
    return values.get(code) ?? (code === '' ? '' : otherwise(value));
  };
}

/** The first code that stands for two values, as it was written the second time. */
export function clashingCode(
  codes: readonly (readonly [code: string, value: string])[],
  ignoreCase: boolean,
): string | undefined {
  const fold = foldOf(ignoreCase);
  const seen = new Map<string, string>();
  for (const [code, value] of codes) {
    const known = seen.get(fold(code));
    if (known !== undefined && known !== value) return code;
    seen.set(fold(code), value);
  }
  return undefined;
}

function foldOf(ignoreCase: boolean): (code: string) => string {
  return ignoreCase ? (code) => code.trim().toLowerCase() : (code) => code.trim();
}

function compileOtherwise({
  otherwise,
  unknown = 'The value is in none of the match codes.',
}: CodeRules): (value: string) => string | Flaw {
  if (otherwise === 'blank') return () => '';
  if (otherwise === 'keep') return (value) => value;
  if (typeof otherwise === 'object') return () => otherwise.value;
  const flaw = new Flaw('unknown_code', unknown);
  return () => flaw;
}
