const PLAIN = /^[a-z0-9 -]*$/;
/** Accents of Latin letters only: in other scripts such a mark is a letter of its own. */
const ACCENTS = /[\u0300-\u036f]+/g;
const APOSTROPHES = /['‘’‛ʻʼʹ′`´".]+/gu;
const DASHES = /[-‐‑‒–—―−_,/]+/gu;
const SPACES = /\s+/gu;

/** Letters that have no accent to take off. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
};
const SPELLED_LETTER = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'gu');

/**
 * A name as its letters alone: small, without accents, apostrophes and dots; dashes and commas become one
 * space. Letters of other scripts stay, so that no name becomes blank.
 */
export function plainLetters(text: string): string {
  const letters = PLAIN.test(text) ? text : spell(text);
  return letters.replace(DASHES, ' ').replace(SPACES, ' ').trim();
}

function spell(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(SPELLED_LETTER, (letter) => SPELLED[letter] ?? '')
    .replace(APOSTROPHES, '');
}
