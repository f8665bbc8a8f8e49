import { z } from 'zod';
import { spellPlainly } from '../../likeness/plain-spelling.ts';
import { transformation } from './transform.ts';

const PLAIN = /^[A-Za-z' -]*$/;
const NOT_PLAIN = /[^A-Za-z' -]+/g;

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
  compile: () => (value) => (PLAIN.test(value) ? value : spellPlainly(value).replaceAll(NOT_PLAIN, '')),
});
