import { z } from 'zod';
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

/** How a file is read. Everything has a careful default. */
export const readSchema = z.strictObject({
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
  quote: z
    .union([z.enum(['"', "'"]), z.literal('none')])
    .default('"')
    .describe('The character around a quoted field, or none.'),
  escape: z
    .enum(['double', 'backslash'])
    .default('double')
    .describe('How a quote inside a quoted field is written.'),
  skip_lines: z.int().min(0).default(0).describe('Lines above the header that are no data.'),
  null: z.array(z.string()).default([]).describe('Values that stand for nothing, such as NULL.'),
});
export type ReadSettings = z.output<typeof readSchema>;
