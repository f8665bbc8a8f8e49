import { z } from 'zod';
import { whyNotAPattern } from '../../conditions/whole-pattern.ts';
import { whyNotADateFormat } from '../../time/read-date.ts';
import { whyNotAnOutputFormat } from '../../time/write-date.ts';

/** A text; a number, true or false in YAML is taken as it would be written. */
export const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** White space around a name is no part of it. */
const columnName = z.string().trim().min(1);

/** A column by its name in the header, or a list of names of which the first that exists is taken. */
export const columnSchema = z.union([columnName, z.array(columnName).min(1)]);

export const columnListSchema = z.array(columnSchema).min(1);

/** A regular expression as it is written, without slashes. */
export const patternSchema = z.string().min(1).superRefine(refuse(whyNotAPattern));

const readFormat = z.string().min(1).superRefine(refuse(whyNotADateFormat));

/** One or several formats in which dates are read; comes out as a list. */
export const dateFormatsSchema = z.union([
  readFormat.transform((format) => [format]),
  z.array(readFormat).min(1),
]);

export const dateOutputSchema = z.string().min(1).superRefine(refuse(whyNotAnOutputFormat));

export const pivotSchema = z
  .int()
  .min(0)
  .max(99)
  .describe('Two-digit years from 00 to this one lie in 20xx, the others in 19xx.');

/** What becomes of a value that is none of the codes. */
export const otherwiseSchema = z.union([
  z.enum(['reject', 'blank', 'keep']),
  z.strictObject({ value: textSchema }),
]);

/** Turns a function that says what is wrong with a text into a check. */
export function refuse(whyNot: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx<string>): void => {
    const fault = whyNot(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  };
}
