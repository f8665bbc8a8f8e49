import { z } from 'zod';
import { transformation } from './transform.ts';

const nothing = z.strictObject({});

export const lower = transformation({
  name: 'lower',
  summary: 'Writes all letters small.',
  options: nothing,
  examples: [{ value: 'ÉMILE', gives: 'émile' }],
  byteForm: 'lower',
  compile: () => (value) => value.toLowerCase(),
});

export const upper = transformation({
  name: 'upper',
  summary: 'Writes all letters large.',
  options: nothing,
  examples: [{ value: 'José', gives: 'JOSÉ' }],
  byteForm: 'upper',
  compile: () => (value) => value.toUpperCase(),
});

/** A letter that begins a word. */
const FIRST_LETTER = /(?<![\p{L}\p{M}\p{N}'’])\p{L}/gu;
/** O'Brien and D'Angelo, but the possessive of Roosevelt's stays small. */
const AFTER_APOSTROPHE = /(?<=\p{L}['’])\p{L}(?=\p{L}{2})/gu;

export const titleCase = transformation({
  name: 'title_case',
  summary:
    'Writes the first letter of each word large and the others small. A word begins after a space, a hyphen or an apostrophe. What only a person knows, such as McDonald or III, is not known here.',
  options: nothing,
  examples: [
    { value: "MARY-ANN O'BRIEN", gives: "Mary-Ann O'Brien" },
    { value: 'de la cruz', gives: 'De La Cruz' },
    { value: "ROOSEVELT'S 4TH SCHOOL", gives: "Roosevelt's 4th School" },
    { value: 'MCDONALD', gives: 'Mcdonald' },
  ],
  compile: () => (value) =>
    value.toLowerCase().replaceAll(FIRST_LETTER, enlarge).replaceAll(AFTER_APOSTROPHE, enlarge),
});

/** A letter that is several when it is large, such as ß, keeps the further ones small. */
function enlarge(letter: string): string {
  const [first = '', ...more] = letter.toUpperCase();
  return first + more.join('').toLowerCase();
}
