import { z } from 'zod';
import { LONGEST_ASKED, whyNotAPattern } from '../../conditions/whole-pattern.ts';
import { Flaw, transformation } from './transform.ts';
import { textSchema } from './written-values.ts';

export const split = transformation({
  name: 'split',
  summary:
    'Cuts the value at each place where a text stands and takes one of the parts. Blank where there is no such part.',
  options: z.strictObject({
    on: textSchema
      .refine((text) => text !== '', 'must have at least one character')
      .describe('The text between the parts.'),
    take: z
      .int()
      .refine((take) => take !== 0, 'parts count from 1, or from -1 at the end')
      .default(1)
      .describe('Which part, from 1; a negative number counts from the end.'),
  }),
  examples: [
    { options: { on: '-', take: 1 }, value: '410-North', gives: '410' },
    { options: { on: ', ', take: 2 }, value: 'Cruz, Maria', gives: 'Maria' },
    { options: { on: ' ', take: -1 }, value: '12 Main Street', gives: 'Street' },
    { options: { on: ',', take: 2 }, value: 'Cruz', gives: '' },
    { options: { on: ',', take: 2 }, value: 'Cruz, Maria', gives: ' Maria', note: 'follow it with `trim`' },
  ],
  compile({ on, take }) {
    const at = take > 0 ? take - 1 : take;
    return (value) => value.split(on).at(at) ?? '';
  },
});

const plain = z.strictObject({
  find: textSchema
    .refine((text) => text !== '', 'must have at least one character')
    .describe('What is replaced, wherever it stands.'),
  with: textSchema.default('').describe('What is put in its place; nothing where it is left out.'),
  regex: z
    .boolean()
    .default(false)
    .describe('`find` is a regular expression, and `$1` in `with` is its first group.'),
});

export const substitute = transformation({
  name: 'substitute',
  summary: 'Replaces a text, or whatever fits a regular expression, at every place.',
  options: plain.superRefine(({ find, regex }, context) => {
    if (!regex) return;
    const fault = whyNotAPattern(find);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, path: ['find'] });
  }),
  examples: [
    { options: { find: 'Saint', with: 'St.' }, value: 'Saint Paul Saint Mary', gives: 'St. Paul St. Mary' },
    { options: { find: '.' }, value: 'J.R.', gives: 'JR' },
    {
      options: { find: '^(\\w+), (\\w+)$', with: '$2 $1', regex: true },
      value: 'Cruz, Maria',
      gives: 'Maria Cruz',
    },
    {
      options: { find: '\\s+', regex: true },
      value: ' a b\tc ',
      gives: 'abc',
      note: 'removes all white space',
    },
    {
      options: { find: 'a', with: '$&' },
      value: 'banana',
      gives: 'b$&n$&n$&',
      note: 'signs mean themselves',
    },
  ],
  compile({ find, with: replacement, regex }) {
    if (!regex) return (value) => value.replaceAll(find, () => replacement);
    const pattern = new RegExp(find, 'gu');
    const tooLong = new Flaw(
      'bad_value',
      `The value is longer than ${LONGEST_ASKED} characters, and a regular expression is asked of no such value.`,
    );
    return (value) => (value.length > LONGEST_ASKED ? tooLong : value.replaceAll(pattern, replacement));
  },
});
