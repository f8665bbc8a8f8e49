import { compareDates, type DateOrder, isMonthName, recogniseDateOrder } from './compare-dates.ts';
import { readCell } from './protect-cell.ts';
import { lacksCharacters, withoutForeignCharacters } from './windows-1252.ts';

/** How the sheet was saved, as far as it says what a cell can mean. */
export interface SavedSheet {
  /** Its encoding lacks characters that were exported. */
  losesCharacters: boolean;
  /** In which order the spreadsheet writes dates, where cells that nobody changed show it. */
  dateOrder?: DateOrder | undefined;
}

/** @param pairs each exported value with what stands in its cell now; may be walked again */
export function recogniseSaving(
  encoding: string,
  pairs: () => Iterable<readonly [string, string]>,
): SavedSheet {
  let wasExported = false;
  let isThere = false;
  for (const [exported, cell] of pairs()) {
    wasExported ||= lacksCharacters(exported);
    isThere ||= lacksCharacters(cell);
  }
  // A sheet that lost every such character is plain ASCII, which any encoding may be.
  const losesCharacters = !encoding.startsWith('utf') || (wasExported && !isThere);
  return { losesCharacters, dateOrder: recogniseDateOrder(pairs()) };
}

/** What became of a cell on its way through a spreadsheet. Sentences have no value. */
export type CellVerdict =
  | { kind: 'same' }
  /** The spreadsheet wrote the same value otherwise, by itself: nobody decided anything. */
  | { kind: 'rewritten'; how: string }
  | { kind: 'changed'; value: string }
  /** Changed, but into what nobody can mean. */
  | { kind: 'unusable'; why: string };

const ZEROS = 'its leading zeros are gone';
const NUMBER = 'it was written as a number';
const TRUTH = 'true or false was written in capitals';
const DATE = 'its date was written in another form';
const CHARACTERS = 'characters that the encoding of the sheet lacks became question marks';

/** @param exported the value that the sheet was exported with; `cell` is what stands there now */
export function compareCell(exported: string, cell: string, saved: SavedSheet): CellVerdict {
  const value = readCell(cell);
  if (isSame(exported, value) || isSame(exported, cell)) return { kind: 'same' };
  const how = rewriting(exported, value, saved);
  if (how !== undefined) return { kind: 'rewritten', how };
  const why = whyUnusable(exported, value, saved);
  return why === undefined ? { kind: 'changed', value } : { kind: 'unusable', why };
}

/** A new line in a cell is written in several ways. */
function isSame(one: string, other: string): boolean {
  return one === other || oneNewLine(one) === oneNewLine(other);
}

function oneNewLine(text: string): string {
  return text.replaceAll(/\r\n|\r/g, '\n');
}

const WHOLE = /^\d+$/;
const DECIMAL = /^[+-]?\d+(?:[.,]\d+)?$/;
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d+$/i;
/** So many digits a spreadsheet keeps of a number; the rest becomes zeros. */
const KEPT_DIGITS = 15;

function rewriting(exported: string, value: string, saved: SavedSheet): string | undefined {
  if (/^(?:true|false)$/i.test(exported) && exported.toUpperCase() === value) return TRUTH;
  if (WHOLE.test(exported) && WHOLE.test(value) && withoutZeros(exported) === value) return ZEROS;
  if (isSameNumber(exported, value)) return NUMBER;
  if (compareDates(exported, value, saved.dateOrder) === 'same') return DATE;
  if (!saved.losesCharacters || !lacksCharacters(exported)) return undefined;
  return withoutForeignCharacters(exported) === value ? CHARACTERS : undefined;
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function isSameNumber(exported: string, value: string): boolean {
  if (!DECIMAL.test(exported) && !SHORTENED.test(exported)) return false;
  if (DECIMAL.test(value)) {
    if (Number.isNaN(numberOf(exported))) return false;
    const isLong = WHOLE.test(exported) && exported.length > KEPT_DIGITS && exported.length === value.length;
    if (isLong) return exported.slice(0, KEPT_DIGITS) === value.slice(0, KEPT_DIGITS) && endsInZeros(value);
    if (WHOLE.test(exported) && WHOLE.test(value)) return withoutZeros(exported) === value;
    return numberOf(exported) === numberOf(value);
  }
  if (!SHORTENED.test(value)) return false;
  const [mantissa = '', exponent = ''] = value.toUpperCase().split('E');
  const decimals = mantissa.split(/[.,]/)[1]?.length ?? 0;
  const step = 10 ** (Number(exponent) - decimals);
  return Math.abs(numberOf(exported) - numberOf(value)) <= step * 0.51;
}

function endsInZeros(digits: string): boolean {
  return /^0+$/.test(digits.slice(KEPT_DIGITS));
}

function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}

function whyUnusable(exported: string, value: string, saved: SavedSheet): string | undefined {
  if (value.includes('\ufffd')) return 'it has a character that was lost when the sheet was saved';
  if (/^#+$/.test(value) || /^#(?:NAME|REF|VALUE|N\/A|NUM|DIV\/0|NULL)[?!]?$/i.test(value))
    return 'the spreadsheet shows an error or a column that is too narrow in place of a value';
  if (saved.losesCharacters && lacksCharacters(exported))
    return 'the sheet was saved in an encoding that lacks characters of the exported value';
  if (WHOLE.test(exported) && SHORTENED.test(value)) return 'the spreadsheet shortened a long number';
  if (compareDates(exported, value, saved.dateOrder) === 'other')
    return 'it is a date of another form than the exported one';
  return isMonthName(exported, value) ? 'the spreadsheet made a date of it' : undefined;
}
