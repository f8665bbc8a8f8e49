import { hasMark, openEncoder } from './encoder.ts';
import { compileFit } from './fit-values.ts';
import { headerNames } from './header-names.ts';
import type { WriteSettings } from './schema.ts';

export interface WriteMistake {
  /** Below `write`. */
  path: (string | number)[];
  message: string;
}

/** What of `write` contradicts itself or the fields of its mapping, so that no row could be written as it says. */
export function whyUnwritable(write: WriteSettings, fields: Fields): WriteMistake[] {
  return [...inItself(write), ...placesFor(write, fields), ...namesFor(write, fields)];
}

interface Fields {
  /** Every field that the mapping has; one that is not mapped may keep a place. */
  all: readonly string[];
  /** Those that are written, in their order. */
  targets: readonly string[];
}

function* inItself(write: WriteSettings): Generator<WriteMistake> {
  const { delimiter, quote_char, quote, encoding, bom } = write;
  if (bom && !hasMark(encoding)) yield { path: ['bom'], message: `${encoding} has no byte order mark` };
  if (!openEncoder(encoding, false).has(write.null + delimiter))
    yield { path: ['encoding'], message: 'lacks a character of delimiter or null' };
  if (write.fixed_width) return;
  if (quote !== 'never' && delimiter === quote_char)
    yield { path: ['delimiter'], message: 'the same character as quote_char' };
  if (write.escape === 'backslash' && delimiter === '\\')
    yield { path: ['delimiter'], message: 'the character that escapes others' };
}

function* placesFor({ fixed_width }: WriteSettings, { all, targets }: Fields): Generator<WriteMistake> {
  if (!fixed_width) return;
  for (const [at, { field }] of fixed_width.entries())
    if (!all.includes(field))
      yield { path: ['fixed_width', at], message: `"${field}" is no field of this mapping` };
  const placed = new Set(fixed_width.map(({ field }) => field));
  const without = targets.filter((field) => !placed.has(field));
  if (without.length > 0) yield { path: ['fixed_width'], message: `has no place for ${without.join(', ')}` };
}

/** The header is a row like others. */
function* namesFor(write: WriteSettings, { all, targets }: Fields): Generator<WriteMistake> {
  const { header } = write;
  if (typeof header === 'object')
    for (const field of Object.keys(header))
      if (!all.includes(field))
        yield { path: ['header', field], message: `"${field}" is no field of this mapping` };
  const names = headerNames(write, targets);
  const fitted = names && compileFit({ ...write, null: '', formulas: 'keep' }, targets)(names);
  if (fitted && 'code' in fitted)
    yield {
      path: ['header'],
      message: `the name "${fitted.value}" cannot be written: ${fitted.message}; write header: false, or another name for it`,
    };
}
