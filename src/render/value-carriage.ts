import type { Finding } from '../vocabulary/finding.ts';
import { compileNeed } from './compile-row.ts';
import type { FieldPlace } from './fixed-places.ts';
import { asPadded, characterCount } from './fixed-row.ts';
import type { WriteSettings } from './schema.ts';

/** Why the outbound file cannot hold a value. */
export type Misfit = Pick<Finding, 'code' | 'message'>;
type Carriage = (value: string, at: number) => string | Misfit;

/** What quotes, or fixed places, can carry of a value. Undefined where they carry everything. */
export function compileCarriage(write: WriteSettings, targets: readonly string[]): Carriage | undefined {
  if (write.fixed_width) return compilePlaces(write.fixed_width, targets);
  if (write.quote !== 'never') return undefined;
  return write.escape === 'backslash' ? compileEscaped(write) : compileUnquoted(write);
}

/** In front of a file it would be taken for its byte order mark. */
const MARK = '\ufeff';
const MARK_IN_FRONT: Misfit = {
  code: 'not_writable',
  message: 'The value begins with a byte order mark, and there are no quotes to hold it',
};

function compileEscaped({ line_ending }: WriteSettings): Carriage {
  return (value) => {
    if (value.startsWith(MARK)) return MARK_IN_FRONT;
    return line_ending === 'lf' && value.endsWith('\r') ? RETURN_AT_END : value;
  };
}

/** Behind a backslash, this and the line end would be read as one. */
const RETURN_AT_END: Misfit = {
  code: 'not_writable',
  message: 'The value ends with a carriage return, and there are no quotes to part it from the line end',
};

function compileUnquoted(write: WriteSettings): Carriage {
  const needsQuotes = compileNeed({ ...write, quote: 'as_needed', escape: 'double' });
  const { quote_char } = write;
  return (value) => {
    if (!needsQuotes(value)) return value;
    if (value.startsWith(MARK)) return MARK_IN_FRONT;
    return { code: 'not_writable', message: whyUnquoted(value, write.delimiter, quote_char) };
  };
}

function whyUnquoted(value: string, delimiter: string, quote: string): string {
  const what = value.includes(delimiter)
    ? 'the delimiter'
    : /[\r\n]/.test(value)
      ? 'a line end'
      : `a quote (${quote})`;
  return `The value has ${what}, and quote: never allows no quotes around it`;
}

function compilePlaces(places: readonly FieldPlace[], targets: readonly string[]): Carriage {
  const placeOf = targets.map((target) => places.find(({ field }) => field === target));
  return (value, at) => {
    const place = placeOf[at];
    if (!place) return value;
    if (/[\r\n]/.test(value))
      return {
        code: 'not_writable',
        message: 'The value has a line end, and a line of fixed width is one row',
      };
    if (value.startsWith(MARK)) return MARK_IN_FRONT;
    const padded = asPadded(value, place);
    const length = characterCount(padded);
    if (length <= place.length) return padded;
    const message = `The value has ${length} characters, and its place in the line has ${place.length}`;
    return { code: 'too_long', message };
  };
}
