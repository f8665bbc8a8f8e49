import { spellPlainly } from '../likeness/plain-spelling.ts';
import type { Finding } from '../vocabulary/finding.ts';
import { isBlank } from '../vocabulary/row.ts';
import { type Encoder, openEncoder } from './encoder.ts';
import type { WriteSettings } from './schema.ts';
import { compileCarriage, type Misfit } from './value-carriage.ts';

/** A value as the outbound file holds it, or why it cannot. */
type Fitted = string | Misfit;

/**
 * A record as the outbound file can hold it, or the first value that it cannot hold: a character that the encoding
 * lacks, a delimiter where there are no quotes, a value too long for its place. Nothing is changed but what the
 * mapping asks for; fitting twice is fitting once. The same array where nothing changes.
 */
export function compileFit(
  write: WriteSettings,
  targets: readonly string[],
): (values: readonly string[]) => readonly string[] | Finding {
  const fitValue = compileFitValue(write, targets);
  return (values) => {
    let fitted = values;
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? '';
      const made = fitValue(value, at);
      if (typeof made !== 'string') return { ...made, field: targets[at] ?? '', value };
      if (made !== value) fitted = fitted.with(at, made);
    }
    return isEmptyLine(write, fitted) ? { ...EMPTY_LINE, field: '', value: '' } : fitted;
  };
}

/** The same for one value of a record, by its place among the targets. */
export function compileFitValue(
  write: WriteSettings,
  targets: readonly string[],
): (value: string, at: number) => Fitted {
  const steps = [
    compileBlank(write),
    compileCharacters(write),
    compileFormulas(write),
    compileCarriage(write, targets),
  ].filter((step) => step !== undefined);
  return (value, at) => {
    let made: Fitted = value;
    for (const step of steps) {
      made = step(made, at);
      if (typeof made !== 'string') return made;
    }
    return made;
  };
}

function compileBlank({ null: blank, fixed_width }: WriteSettings) {
  if (blank === '' || fixed_width) return undefined;
  return (value: string): Fitted => {
    if (isBlank(value)) return '';
    return value.trim() === blank
      ? { code: 'not_writable', message: 'The value is the very text that write.null has for a blank' }
      : value;
  };
}

function compileCharacters({ encoding, missing_characters }: WriteSettings) {
  const encoder = openEncoder(encoding, false);
  const lacking: Misfit = {
    code: 'not_encodable',
    message: `The value has a character that ${encoding} lacks`,
  };
  return (value: string): Fitted => {
    if (encoder.has(value)) return value;
    if (missing_characters === 'reject') return lacking;
    const other = missing_characters === 'replace' ? () => '?' : spellPlainly;
    const spelled = replaceMissing(value, encoder, other);
    return encoder.has(spelled) ? spelled : lacking;
  };
}

/** A letter and its accent are one character where the encoding has that. */
function replaceMissing(value: string, encoder: Encoder, other: (character: string) => string): string {
  const known = (character: string) => (encoder.has(character) ? character : other(character));
  return Array.from(value.normalize('NFC'), known).join('');
}

/** Characters with which a spreadsheet begins a formula, also in their full-width forms and behind white space. */
const FORMULA = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function compileFormulas({ formulas }: WriteSettings) {
  if (formulas === 'keep') return undefined;
  return (value: string): Fitted => {
    if (!FORMULA.test(value)) return value;
    return formulas === 'escape' ? `'${value}` : RUNS;
  };
}

const RUNS: Misfit = { code: 'formula', message: 'A spreadsheet would take the value for a formula' };

/** Most readers pass over a line without a character. */
function isEmptyLine(write: WriteSettings, values: readonly string[]): boolean {
  if (write.fixed_width) return values.every((value) => value === '');
  return write.quote === 'never' && values.length === 1 && values[0] === '' && write.null === '';
}

const EMPTY_LINE: Misfit = {
  code: 'not_writable',
  message: 'Every field is blank, and the line would be empty: readers pass over it',
};
