import { z } from 'zod';
import { delimiterOf, whyNoDelimiter } from '../vocabulary/delimiter.ts';
import { isWritableEncoding } from './encoder.ts';
import { isBySchool } from './file-name.ts';
import { placesOf, type WrittenPlace, whyNotPlaces } from './fixed-places.ts';

export const FILE_NAME_TOKENS = [
  'date',
  'time',
  'school_year',
  'school',
  'run',
  'sequence',
  'connection',
] as const;
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

const QUOTES = { double: '"', single: "'", '"': '"', "'": "'" } as const;

/** What becomes of the names of the fields in the first row. */
const header = z.union([
  z.boolean(),
  z.enum(['lower', 'upper']),
  z.record(z.string().min(1), z.string().min(1)),
]);

const MOST_CHARACTERS_OF_A_LINE = 100_000;
const position = z.int().min(1).max(MOST_CHARACTERS_OF_A_LINE);
const target = z.string().trim().min(1);

const place = z.strictObject({
  field: target.describe('The target field.'),
  start: position.optional().describe('Its first character, counted from 1; else it follows the one before.'),
  length: position.describe('How many characters it has.'),
  align: z.enum(['left', 'right']).default('left').describe('On which side of its place the value stands.'),
  pad: z
    .string()
    .regex(/^\P{C}$/u, 'one character')
    .default(' ')
    .describe('What fills the rest of its place; a blank is all spaces.'),
});

const shortPlace = z
  .union([z.tuple([target, position]), z.tuple([target, position, position])])
  .transform(([field, ...numbers]): WrittenPlace => {
    const [length = 0, start] = numbers.toReversed();
    return { field, length, start, align: 'left', pad: ' ' };
  });

const fixedWidth = z
  .array(z.union([shortPlace, place]))
  .min(1)
  .transform(placesOf)
  .superRefine((places, issue) => {
    for (const { at, message } of whyNotPlaces(places))
      issue.addIssue({ code: 'custom', message, path: [at] });
  });

/** How an outbound file is written. */
export const writeSchema = z.strictObject({
  file: fileName.describe(
    'The name of the file at the other side; {date}, {time}, {school_year}, {run}, {sequence} and {connection} are filled in, and with {school} each school gets a file of its own.',
  ),
  delimiter: delimiter
    .default(',')
    .describe('The character itself, or its name: comma, semicolon, tab, pipe.'),
  quote: z
    .enum(['as_needed', 'spaces', 'always', 'never'])
    .default('as_needed')
    .describe(
      'Which values stand in quotes: those that need it; those and each that has a space; all; or none.',
    ),
  quote_char: z
    .enum(['double', 'single', '"', "'"])
    .transform((written) => QUOTES[written])
    .default('"')
    .describe('The quote itself, or its name: double or single.'),
  escape: z
    .enum(['double', 'backslash'])
    .default('double')
    .describe(
      'How a quote in a value is written: doubled, or after a backslash, as are backslashes and line ends.',
    ),
  fixed_width: fixedWidth
    .optional()
    .describe('Each field at a fixed place in the line, instead of a delimiter.'),
  line_ending: z.enum(['lf', 'crlf', 'cr']).default('crlf').describe('What ends a line.'),
  final_line_ending: z.boolean().default(true).describe('Whether the last line has its line end too.'),
  encoding: z
    .string()
    .refine(
      isWritableEncoding,
      'not the name of an encoding; utf-8, utf-16le, windows-1252, iso-8859-1 and ascii are the usual ones',
    )
    .default('utf-8')
    .describe('Such as utf-8, utf-16le, windows-1252, iso-8859-1, ascii.'),
  bom: z.boolean().default(false).describe('Whether a byte order mark stands in front.'),
  missing_characters: z
    .enum(['reject', 'transliterate', 'replace'])
    .default('reject')
    .describe(
      'What becomes of a character that the encoding lacks: its row is rejected; it is spelled with others, or else its row is rejected; or a question mark stands for it.',
    ),
  null: z
    .string()
    .trim()
    .regex(/^[^\r\n]*$/, 'a text of one line')
    .default('')
    .describe('What stands for a blank, such as NULL.'),
  header: header
    .default(true)
    .describe(
      'Whether the first row has the names of the fields; lower or upper, so written; or other names for some, by field.',
    ),
  empty: z
    .enum(['skip', 'header'])
    .default('skip')
    .describe(
      'What becomes of a file without a record: it is not sent, or its header alone is, for importers that want every file.',
    ),
  formulas: z
    .enum(['keep', 'escape', 'reject'])
    .default('keep')
    .describe(
      'A value that a spreadsheet would run is kept, gets a leading apostrophe, or its row is rejected.',
    ),
});
export type WriteSettings = z.output<typeof writeSchema>;

/** The outbound files of a connection as one. */
export const packageSchema = z.strictObject({
  zip: fileName
    .refine((name) => !isBySchool(name), 'a zip has the files of all schools: {school} is for write.file')
    .describe(
      'The name of the zip; {date}, {time}, {school_year}, {run}, {sequence} and {connection} are filled in.',
    ),
  manifest: z
    .enum(['oneroster-1.1', 'oneroster-1.2'])
    .optional()
    .describe('Puts the manifest.csv of that version of OneRoster into the zip.'),
});
export type PackageSettings = z.output<typeof packageSchema>;

/** How a file is written of which nothing is said. */
export const PLAIN_CSV: WriteSettings = writeSchema.parse({ file: 'plain.csv' });
