import { z } from 'zod';
import { delimiterOf, whyNoDelimiter } from '../vocabulary/delimiter.ts';
import { isWritableEncoding } from './encoder.ts';

export const FILE_NAME_TOKENS = ['date', 'time', 'school_year', 'run', 'connection'] as const;
const TOKEN = /\{([a-z_]*)\}/g;

function unknownToken(name: string): string | undefined {
  return [...name.matchAll(TOKEN)]
    .map((found) => found[1] ?? '')
    .find((token) => !FILE_NAME_TOKENS.some((known) => known === token));
}

const fileName = z
  .string()
  .min(1)
  .superRefine((name, issue) => {
    const token = unknownToken(name);
    if (token !== undefined) {
      issue.addIssue({
        code: 'custom',
        message: `{${token}} is no token of a file name; there are ${FILE_NAME_TOKENS.map((known) => `{${known}}`).join(', ')}`,
      });
    }
    if (/[/\\\p{Cc}]/u.test(name))
      issue.addIssue({ code: 'custom', message: 'a file name, without folders' });
  });

const delimiter = z
  .string()
  .min(1)
  .superRefine((written, issue) => {
    const fault = whyNoDelimiter(written, 1);
    if (fault !== undefined) issue.addIssue({ code: 'custom', message: fault });
  })
  .transform(delimiterOf);

/** How an outbound file is written. */
export const writeSchema = z.strictObject({
  file: fileName.describe(
    'The name of the file at the other side; {date}, {time}, {school_year}, {run} and {connection} are filled in.',
  ),
  delimiter: delimiter
    .default(',')
    .describe('The character itself, or its name: comma, semicolon, tab, pipe.'),
  quote: z.enum(['as_needed', 'always', 'never']).default('as_needed'),
  line_ending: z.enum(['lf', 'crlf']).default('crlf'),
  encoding: z
    .string()
    .refine(isWritableEncoding, 'not the name of an encoding; utf-8 and windows-1252 are the usual ones')
    .default('utf-8'),
  bom: z.boolean().default(false),
  header: z.boolean().default(true),
  formulas: z
    .enum(['keep', 'escape'])
    .default('keep')
    .describe('escape: a value that a spreadsheet would run gets a leading apostrophe.'),
});
export type WriteSettings = z.output<typeof writeSchema>;
