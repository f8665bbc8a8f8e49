import { z } from 'zod';
import { Flaw, transformation } from './transform.ts';
import { textSchema } from './written-values.ts';

const words = z.array(textSchema).min(1);

export const boolean = transformation({
  name: 'boolean',
  summary:
    'Reads yes and no in the words that are listed, upper and lower case alike, and writes them in two words. A blank stays a blank unless one of the lists has an empty text.',
  options: z
    .strictObject({
      true: words.default(['y', 'yes', 't', 'true', '1']).describe('The words for yes.'),
      false: words.default(['n', 'no', 'f', 'false', '0']).describe('The words for no.'),
      as: z
        .tuple([textSchema, textSchema])
        .default(['true', 'false'])
        .describe('What is written for yes, and what for no.'),
    })
    .superRefine((options, context) => {
      const yes = new Set(options.true.map(fold));
      if (options.false.some((word) => yes.has(fold(word))))
        context.addIssue({
          code: 'custom',
          message: 'has a word that stands under true as well',
          path: ['false'],
        });
    }),
  readsBlanks: true,
  examples: [
    { value: 'Yes', gives: 'true' },
    { options: { as: ['Y', 'N'] }, value: '0', gives: 'N' },
    { options: { true: ['X'], false: [''], as: [1, 0] }, value: ' ', gives: '0' },
    { value: '', gives: '' },
    { value: 'maybe', flaw: 'bad_value' },
  ],
  compile(options) {
    const [yes, no] = options.as;
    const answers = new Map([['', '']]);
    for (const word of options.true) answers.set(fold(word), yes);
    for (const word of options.false) answers.set(fold(word), no);
    const flaw = new Flaw('bad_value', 'The value is listed neither under true nor under false.');
    return (value) => answers.get(fold(value)) ?? flaw;
  },
});

function fold(word: string): string {
  return word.trim().toLowerCase();
}
