import { z } from 'zod';
import { transformation } from './transform.ts';

const PLAIN = /^[A-Za-z' -]*$/;
const MARKS = /\p{M}+/gu;
const NOT_PLAIN = /[^A-Za-z' -]+/g;

/** Letters and signs that have no accent to take off. */
const SPELLED: Readonly<Record<string, string>> = {
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
const SPELLED_LETTER = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'gu');
const APOSTROPHE = /[‘’‛ʻʼʹ′`´]/gu;
const DASH = /[‐‑‒–—―−]/gu;
const SPACE = /\s/gu;

export const transliterate = transformation({
  name: 'transliterate',
  summary:
    'Writes the value with the letters A to Z, apostrophes, hyphens and spaces alone, as some systems want names: accents come off, a few letters are spelled out, curly apostrophes and dashes become plain ones, and every other character, digits among them, is dropped.',
  options: z.strictObject({}),
  examples: [
    { value: 'José Nuñez', gives: 'Jose Nunez' },
    { value: 'O’Brien–Smith', gives: "O'Brien-Smith" },
    { value: 'Strauß, Bjørn Æsa Łukasz Þóra', gives: 'Strauss Bjorn AEsa Lukasz Thora' },
    { value: 'Ana (Annie) 2', gives: 'Ana Annie ' },
    { value: '李', gives: '', note: 'nothing is left; `required` then rejects the row' },
  ],
  compile: () => (value) => (PLAIN.test(value) ? value : spell(value)),
});

function spell(value: string): string {
  return value
    .normalize('NFD')
    .replaceAll(MARKS, '')
    .replaceAll(SPELLED_LETTER, (letter) => SPELLED[letter] ?? '')
    .replaceAll(APOSTROPHE, "'")
    .replaceAll(DASH, '-')
    .replaceAll(SPACE, ' ')
    .replaceAll(NOT_PLAIN, '');
}
