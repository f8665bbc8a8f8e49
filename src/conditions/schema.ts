/**
 * Conditions: the one way in which eligibility and mappings ask something of a row.
 *
 * in:       what a person writes under `where`, `categories`, `if`
 * out:      a checked condition, later compiled to a function of a row
 * promises: the same words mean the same everywhere
 * never:    looks at anything but the row and the day of the run
 */
import { z } from 'zod';

const column = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string());
const day = z.string().regex(/^(today|\d{4}-\d{2}-\d{2})$/, 'today, or a date such as 2026-09-01');

const test = z
  .strictObject({
    column: column.describe('The source column that is looked at.'),
    is: text.optional().describe('The value, after trimming, equals this one.'),
    in: z.array(text).min(1).optional().describe('The value, after trimming, is one of these.'),
    empty: z.boolean().optional().describe('true: nothing but white space; false: something else.'),
    matches: z.string().optional().describe('A regular expression that the trimmed value fits as a whole.'),
    before: day.optional().describe('The date lies before this day.'),
    after: day.optional().describe('The date lies after this day.'),
    format: z
      .string()
      .optional()
      .describe("luxon tokens of the column's dates; default yyyy-MM-dd, then M/d/yyyy."),
    ignore_case: z.boolean().optional().describe('`is` and `in` take upper and lower case as equal.'),
  })
  .refine((one) => ['is', 'in', 'empty', 'matches', 'before', 'after'].some((key) => key in one), {
    message: 'needs one of: is, in, empty, matches, before, after',
  });

export type ColumnTest = z.output<typeof test>;
export type Condition = ColumnTest | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** The input type is left open because the schema refers to itself. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    test,
  ]),
);
