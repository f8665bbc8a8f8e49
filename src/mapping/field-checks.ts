import { compileWholePattern } from '../conditions/whole-pattern.ts';
import { isBlank } from '../vocabulary/row.ts';
import { Flaw } from './transforms/transform.ts';

export interface FieldChecks {
  default?: string | undefined;
  required?: boolean;
  max_length?: number | undefined;
  /** The whole value fits it; flag u. */
  pattern?: string | undefined;
}

type Check = (value: string) => string | Flaw;

/**
 * What happens to a value once it is made: a blank takes the default; then required, max_length, pattern, the first that
 * fails being the flaw. A blank that may be blank is asked nothing more. Undefined where the field says none of this.
 */
export function compileChecks(field: FieldChecks): Check | undefined {
  const whenBlank = compileBlank(field);
  const whenFilled = compileFilled(field);
  if (!whenBlank && !whenFilled) return undefined;
  return (value) => {
    if (!isBlank(value)) return whenFilled ? whenFilled(value) : value;
    return whenBlank ? whenBlank(value) : value;
  };
}

function compileBlank(field: FieldChecks): Check | undefined {
  const instead = field.default;
  if (instead !== undefined && !isBlank(instead)) return compileDefault(instead, compileFilled(field));
  if (!field.required) return instead === undefined ? undefined : () => instead;
  const flaw = new Flaw('required', 'The value is blank, and the field is required.');
  return () => flaw;
}

function compileDefault(instead: string, check: Check | undefined): Check {
  const checked = check ? check(instead) : instead;
  return () => checked;
}

function compileFilled({ max_length: longest, pattern }: FieldChecks): Check | undefined {
  const isFit = pattern === undefined ? undefined : compileWholePattern(pattern);
  if (longest === undefined && !isFit) return undefined;
  const tooLong = new Flaw('too_long', `The value is longer than ${longest} characters.`);
  const unfit = new Flaw('pattern', `The value does not fit the pattern ${pattern}.`);
  return (value) => {
    if (longest !== undefined && value.length > longest && hasMoreCharacters(value, longest)) return tooLong;
    return isFit && !isFit(value) ? unfit : value;
  };
}

/** Characters are code points: a letter outside the common ones is one character and two units. */
function hasMoreCharacters(value: string, longest: number): boolean {
  return value.length > longest * 2 || Array.from(value).length > longest;
}
