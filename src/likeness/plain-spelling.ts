/** Letters of Latin alphabets that have no accent to take off, as they are spelled with the letters a to z. */
const SPELLED_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'n',
  Ŋ: 'N',
  ı: 'i',
};
const LETTER = new RegExp(`[${Object.keys(SPELLED_LETTERS).join('')}]`, 'gu');

const MARKS = /\p{M}+/gu;
const APOSTROPHE = /[‘’‛ʻʼʹ′`´]/gu;
const QUOTE = /[“”„‟″«»]/gu;
const DASH = /[‐‑‒–—―−]/gu;
const SPACE = /\s/gu;

/**
 * The text as a typewriter without accents would have it: letters without their marks, a few spelled out, apostrophes,
 * quotes and dashes made plain, all white space a space. What has no such spelling stays.
 */
export function spellPlainly(text: string): string {
  return spellLetters(text.normalize('NFD').replaceAll(MARKS, ''))
    .replaceAll(APOSTROPHE, "'")
    .replaceAll(QUOTE, '"')
    .replaceAll(DASH, '-')
    .replaceAll(SPACE, ' ');
}

/** The text with the letters that have no accent to take off spelled out; all else stays. */
export function spellLetters(text: string): string {
  return text.replace(LETTER, (letter) => SPELLED_LETTERS[letter] ?? letter);
}
