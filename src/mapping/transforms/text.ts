import { z } from 'zod';
import { transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';
import { textSchema } from './written-values.ts';

const nothing = z.strictObject({});
const count = z.int().min(1);

export const trim = transformation({
  name: 'trim',
  summary: 'Removes white space at both ends.',
  options: nothing,
  examples: [
    { value: '  Mary Ann ', gives: 'Mary Ann' },
    { value: '   ', gives: '' },
  ],
  byteForm: 'trim',
  compile: () => (value) => value.trim(),
});

export const squish = transformation({
  name: 'squish',
  summary:
    'Removes white space at both ends and makes one space of each run of white space inside, line breaks among it. (Some products call by this name the removal of all white space: that is `substitute: { find: "\\\\s+", regex: true }`.)',
  options: nothing,
  examples: [
    { value: '  Mary   Ann\tde la\nCruz ', gives: 'Mary Ann de la Cruz' },
    { value: 'Mary', gives: 'Mary' },
  ],
  compile: () => (value) => value.trim().replaceAll(/\s+/g, ' '),
});

export const truncate = transformation({
  name: 'truncate',
  summary:
    'Keeps the first characters and drops the rest. To reject long values instead, give the field a `max_length`.',
  options: withShorthand(
    z.strictObject({ length: count.describe('How many characters are kept.') }),
    'length',
    count,
  ),
  examples: [
    { options: { length: 5 }, value: 'Wilhelmina', gives: 'Wilhe' },
    { options: 5, value: 'José', gives: 'José' },
    { options: { length: 1 }, value: '𝒳y', gives: '𝒳', note: 'whole characters, not bytes' },
  ],
  compile({ length }) {
    return (value) => (value.length <= length ? value : Array.from(value).slice(0, length).join(''));
  },
});

export const substring = transformation({
  name: 'substring',
  summary: 'Cuts a part out of the value. Blank where the value is too short to have it.',
  options: z.strictObject({
    start: z
      .int()
      .refine((start) => start !== 0, 'characters count from 1, or from -1 at the end')
      .describe('The first character, from 1; a negative number counts from the end.'),
    length: count.optional().describe('How many characters; to the end where it is left out.'),
  }),
  examples: [
    { options: { start: 1, length: 3 }, value: '410-North', gives: '410' },
    { options: { start: 5 }, value: '410-North', gives: 'North' },
    { options: { start: -4 }, value: '123456789', gives: '6789' },
    { options: { start: 9 }, value: '410', gives: '' },
  ],
  compile({ start, length }) {
    return (value) => {
      const characters = Array.from(value);
      const first = start > 0 ? start - 1 : Math.max(characters.length + start, 0);
      return characters.slice(first, length === undefined ? undefined : first + length).join('');
    };
  },
});

export const padLeft = transformation({
  name: 'pad_left',
  summary: 'Writes a character in front of the value until it has the length. A longer value stays as it is.',
  options: withShorthand(
    z.strictObject({
      length: count.describe('How many characters the value shall have.'),
      with: textSchema
        .refine((text) => Array.from(text).length === 1, 'one character')
        .default('0')
        .describe('The character.'),
    }),
    'length',
    count,
  ),
  examples: [
    { options: { length: 6, with: '0' }, value: '4711', gives: '004711' },
    { options: 2, value: '123', gives: '123' },
    { options: { length: 6 }, value: '', gives: '', note: 'a blank stays a blank' },
  ],
  compile({ length, with: filler }) {
    return (value) => {
      const missing = value.length >= length * 2 ? 0 : length - Array.from(value).length;
      return missing > 0 ? filler.repeat(missing) + value : value;
    };
  },
});

export const stripLeadingZeros = transformation({
  name: 'strip_leading_zeros',
  summary: 'Removes zeros in front of the value; the last one stays.',
  options: nothing,
  examples: [
    { value: '004711', gives: '4711' },
    { value: '000', gives: '0' },
    { value: '01A', gives: '1A' },
  ],
  compile: () => (value) => value.replace(/^0+(?=\S)/, ''),
});

export const digits = transformation({
  name: 'digits',
  summary: 'Keeps the digits 0 to 9 and drops everything else.',
  options: nothing,
  examples: [
    { value: '123-45-6789', gives: '123456789' },
    { value: 'none', gives: '' },
  ],
  compile: () => (value) => value.replaceAll(/[^0-9]+/g, ''),
});
