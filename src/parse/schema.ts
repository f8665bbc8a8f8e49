import { z } from 'zod';
import { isEndless } from '../conditions/endless-pattern.ts';
import { delimiterOf, whyNoDelimiter } from '../vocabulary/delimiter.ts';
import { isKnownEncoding } from './recognise-encoding.ts';

const MOST_CHARACTERS = 4;

const delimiter = z
  .string()
  .min(1)
  .superRefine((written, issue) => {
    const fault = written === 'auto' ? undefined : whyNoDelimiter(written, MOST_CHARACTERS);
    if (fault !== undefined) issue.addIssue({ code: 'custom', message: fault });
  })
  .transform(delimiterOf);

/** Undefined where it is a regular expression with one group. */
function whyNoCount(pattern: string): string | undefined {
  try {
    const groups = (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 0) - 1;
    if (isEndless(pattern)) return 'could keep the program busy for ever: repeat one part only';
    return groups === 1 ? undefined : `has ${groups} groups in parentheses; the number is the one group`;
  } catch {
    return 'no regular expression';
  }
}

const MOST_FOOTER_LINES = 20;

const footer = z
  .strictObject({
    lines: z.int().min(1).max(MOST_FOOTER_LINES).optional().describe('So many last lines are no data.'),
    starts_with: z.string().trim().min(1).optional().describe('How the first line of the footer begins.'),
    count: z
      .union([
        z.literal(true),
        z.string().superRefine((pattern, issue) => {
          const fault = whyNoCount(pattern);
          if (fault !== undefined) issue.addIssue({ code: 'custom', message: fault });
        }),
      ])
      .optional()
      .describe(
        'The footer states the number of rows: true where it is its only number, or a regular expression whose group is that number. A wrong number stops the run.',
      ),
    not_rows: z
      .int()
      .min(0)
      .default(0)
      .describe('How many of the counted lines are no rows, such as the header and the footer itself.'),
  })
  .refine((written) => (written.lines === undefined) !== (written.starts_with === undefined), {
    message: 'needs either lines or starts_with',
  });
export type FooterSettings = z.output<typeof footer>;

const MOST_CHARACTERS_OF_A_LINE = 100_000;
const position = z.int().min(1).max(MOST_CHARACTERS_OF_A_LINE);
const fixedColumn = z.tuple([z.string().trim().min(1), position, position]);
/** Name, first character counted from 1, number of characters. */
export type FixedColumn = z.output<typeof fixedColumn>;

const QUOTES = { double: '"', single: "'" } as const;

/** How a file is read. Everything has a careful default. */
const readShape = z.strictObject({
  encoding: z
    .string()
    .refine(
      isKnownEncoding,
      'not the name of an encoding; auto, utf-8, utf-16le, utf-16be and windows-1252 are the usual ones',
    )
    .default('auto')
    .describe('auto, or a name such as utf-8, windows-1252, utf-16le.'),
  delimiter: delimiter
    .default('auto')
    .describe('auto, the character itself, or its name: comma, semicolon, tab, pipe.'),
  header: z
    .union([z.literal(true), z.array(z.string()).min(1)])
    .default(true)
    .describe('true: the first row has the names; a list: the file has no header and these are the names.'),
  match: z
    .enum(['exact', 'alike'])
    .default('exact')
    .describe(
      'How columns are found: exact, by the name as it stands in the header; alike, also by one that differs in capitals, spaces and signs alone, or by the prefix of a table.',
    ),
  quote: z
    .enum(['"', "'", 'none', 'double', 'single'])
    .transform((written) => (written === 'double' || written === 'single' ? QUOTES[written] : written))
    .default('"')
    .describe('The character around a quoted field, its name double or single, or none.'),
  escape: z
    .enum(['double', 'backslash'])
    .default('double')
    .describe(
      'How what is no delimiter and no end of a value is written: a quote inside quotes doubled; or all of it after a backslash, also outside quotes.',
    ),
  skip_lines: z.int().min(0).default(0).describe('Lines above the header that are no data.'),
  fixed_width: z
    .array(fixedColumn)
    .min(1)
    .optional()
    .describe(
      'Each column as [name, start, length]: the first character of a line is 1, and a row is a line.',
    ),
  footer: footer.optional().describe('The lines below the last row that are no data.'),
  null: z.array(z.string()).default([]).describe('Values that stand for nothing, such as NULL.'),
});

export const readSchema = readShape.superRefine((read, issue) => {
  const refuse = (path: keyof typeof read, message: string) =>
    issue.addIssue({ code: 'custom', path: [path], message });
  if (read.escape === 'backslash' && read.delimiter.includes('\\'))
    refuse('delimiter', 'the character that escapes others');
  if (read.delimiter === read.quote) refuse('delimiter', 'the same character as quote');
  const twice = read.header === true ? undefined : repeatedName(read.header);
  if (twice !== undefined) refuse('header', `names "${twice}" twice`);
  if (!read.fixed_width) return;
  const again = repeatedName(read.fixed_width.map(([name]) => name));
  if (again !== undefined) refuse('fixed_width', `names "${again}" twice`);
  if (read.header !== true) refuse('header', 'the names of the columns stand in fixed_width');
  if (read.delimiter !== 'auto') refuse('delimiter', 'columns of a fixed width have no delimiter');
});
export type ReadSettings = z.output<typeof readSchema>;

function repeatedName(names: readonly string[]): string | undefined {
  return names.find((name, at) => name !== '' && names.indexOf(name) < at);
}
