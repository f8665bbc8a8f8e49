/** Values of every kind that a file may hold. */
import type { Chance } from '../../../builders/chance.ts';
import { WHITE_SPACE } from '../../../builders/white-space.ts';

/** White space of all kinds, and what only looks like it. */
const SPACES = [' ', '  ', ...WHITE_SPACE, '\v', '\f', '\u0085', '\u200b'];
/** Letters with marks before and behind them, of several bytes and units, from right to left, and what has no look. */
const LETTERS = [
  'é',
  'É',
  'ß',
  'ñ',
  'Łó',
  'i\u0307',
  'İ',
  'e\u0301',
  'Σς',
  'ǅ',
  'ﬁ',
  '李',
  'ア',
  '😀',
  '𝒳',
  '👩‍👧',
  'שלום',
  '\u202eabc',
  'Ấ',
  '\u0000'.replace('\0', '\u007f'),
];
const SIGNS = [
  '"',
  '""',
  "'",
  '\\',
  ',',
  ';',
  '|',
  '§',
  '–',
  '^',
  '~',
  '\n',
  '\r\n',
  '\r',
  '\u0001',
  '\u001a',
  '\u0080',
  '$&',
  '{',
  '}',
];
const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@x',
  '\uff1d1',
  '\uff0b1',
  '\uff20a',
  '\t=1',
  ' =1',
  '\u00a0=1',
  '\u00a0\uff1d1',
  '\u3000\uff0d1',
  "'=1",
];
const USUAL = [
  'Lee',
  'Maria Cruz',
  "O'Brien",
  'O’Brien',
  'NG',
  'smith',
  '004711',
  '0',
  '12.50',
  '1,234',
  '-3',
  '5',
  'K',
  'PK',
  '11',
  'A',
  'I',
  'Y',
  'no',
  'NULL',
  'M',
  'f',
  '410',
  '420',
  '12 Main St, Unit 4',
  'maria@example.org',
  '(312) 555-0123',
  '+44 20 7946 0958',
];
const DATES = [
  '3/9/2015',
  '03/09/2015',
  '2015-03-09',
  '20150309',
  '9.3.2015',
  '12/31/14',
  '2/30/2015',
  '2012-02-29',
  '11/22/2026',
  '2030-01-01',
  'Mar 9, 2015',
  '2015-03-09 00:00:00',
  '3/9/1980',
];

const FIRST_ASCII = 0x20;
const ASCII_COUNT = 0x5f;

function ascii(chance: Chance): string {
  return String.fromCharCode(...chance.some(9, () => FIRST_ASCII + chance.below(ASCII_COUNT)));
}

/** Just within and beyond what is remembered of a value, and far beyond. */
const LENGTHS = [63, 64, 65, 70, 300];
const VERY_LONG = 5000;

function long(chance: Chance): string {
  const length = chance.once(8) ? VERY_LONG : chance.one(LENGTHS);
  return chance.one(['x', 'x', 'é', '=']).padEnd(length, chance.one(['y', 'y', 'ñ', ' ']));
}

/** One value, anything that may stand in a file of text. */
export function randomValue(chance: Chance): string {
  const value = plainValue(chance);
  return chance.once(6) ? inSpaces(chance, value) : value;
}

function inSpaces(chance: Chance, value: string): string {
  const space = () => chance.some(2, () => chance.one(SPACES)).join('');
  return space() + value + space();
}

function plainValue(chance: Chance): string {
  const kind = chance.below(40);
  if (kind < 12) return chance.one(USUAL);
  if (kind < 17) return chance.one(DATES);
  if (kind < 21) return ascii(chance);
  if (kind < 25) return chance.one(USUAL) + chance.one(LETTERS);
  if (kind < 28) return chance.one(LETTERS) + chance.some(2, () => chance.one(LETTERS)).join('');
  if (kind < 31) return chance.one(FORMULAS);
  if (kind < 33) return chance.some(3, () => chance.one(SPACES)).join('');
  if (kind < 36) return chance.some(2, () => chance.one(USUAL)).join(chance.one(SIGNS)) + chance.one(SIGNS);
  if (kind < 37) return long(chance);
  return '';
}

/** How often the values of a column come again. */
export function openColumn(chance: Chance, own: readonly string[]): () => string {
  const ownOne = () => (chance.once(8) ? inSpaces(chance, chance.one(own)) : chance.one(own));
  const pool = Array.from({ length: 1 + chance.below(5) }, () =>
    own.length > 0 && !chance.once(5) ? ownOne() : randomValue(chance),
  );
  const isRepeating = !chance.once(4);
  return () => {
    if (isRepeating ? !chance.once(5) : chance.once(5)) return chance.one(pool);
    return own.length > 0 && !chance.once(3) ? ownOne() : randomValue(chance);
  };
}
