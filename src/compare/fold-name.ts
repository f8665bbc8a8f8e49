import { plainLetters } from '../likeness/plain-letters.ts';

/** A first or a last name, ready to be compared. */
export interface FoldedName {
  /** In small letters and with single spaces, but otherwise as written. */
  written: string;
  /** All its letters in one: obrien, delacruz, maryann. */
  whole: string;
  /** The words that can stand alone: garcia and lopez, without de, la, van. */
  words: readonly string[];
  /** What stood in quotes or brackets: Joseph "Joey". */
  called: readonly string[];
}

const PLAIN = /^[A-Za-z]+$/;
const CALLED = /["“”„«(]([^"“”„«»()]+)["“”»)]|(?:^|\s)['‘]([^'’‘]+)['’](?=\s|$)/gu;
const PARTICLES = new Set(
  'de del dela la las los da do das dos di du van von der den ter ten y al el bin ibn abu st san saint'.split(
    ' ',
  ),
);
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);
/** First or last name unknown, as it stands in travel papers. */
const UNKNOWN = new Set(['fnu', 'lnu', 'nmn']);

export function foldName(text: string): FoldedName {
  if (PLAIN.test(text)) return nameOf(text.toLowerCase(), [text.toLowerCase()], []);
  const written = text.toLowerCase().replace(/\s+/g, ' ').trim();
  const called: string[] = [];
  const proper = text.replace(CALLED, (_all, inQuotes?: string, inSingle?: string) => {
    called.push(plainLetters(inQuotes ?? inSingle ?? '').replaceAll(' ', ''));
    return ' ';
  });
  const words = plainLetters(proper)
    .replace(/[()]/g, '')
    .split(' ')
    .filter((word) => word !== '');
  const named = words.filter((word, at) => at === 0 || !SUFFIXES.has(word));
  return nameOf(
    written,
    named,
    called.filter((name) => name !== ''),
  );
}

function nameOf(written: string, words: readonly string[], called: readonly string[]): FoldedName {
  const whole = words.join('');
  if (UNKNOWN.has(whole)) return { written: '', whole: '', words: [], called };
  const alone = words.filter((word) => !PARTICLES.has(word));
  return { written, whole, words: alone.length > 0 ? alone : words, called };
}
