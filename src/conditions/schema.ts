/**
 * Conditions: the one way in which eligibility and mappings ask something of a row.
 *
 * in:       what a person writes under `where`, `categories`, `if`
 * out:      a checked condition, and a function of a row made from it
 * promises: the same words mean the same everywhere
 * never:    looks at anything but the row and the day of the run
 */
import { z } from 'zod';
import { isCalendarDate } from '../time/calendar-date.ts';
import { whyNotADateFormat } from '../time/read-date.ts';
import { whyNotAPattern } from './whole-pattern.ts';

const column = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'a column, or a list of columns of which the first that exists is taken',
});
const text = z
  .union([z.string(), z.number(), z.boolean()], { error: 'a text' })
  .transform(String)
  .pipe(z.string());
const day = z
  .string()
  .refine(
    (written) => written === 'today' || isCalendarDate(written),
    'must be today, or a real day such as 2026-09-01',
  );
const pattern = z.string().superRefine((written, issue) => {
  const fault = whyNotAPattern(written);
  if (fault !== undefined) issue.addIssue({ code: 'custom', message: fault });
});
const dateFormat = z.string().superRefine((written, issue) => {
  const fault = whyNotADateFormat(written);
  if (fault !== undefined) issue.addIssue({ code: 'custom', message: `the date format ${fault}` });
});

const columnTest = z.strictObject({
  column: column.describe('The source column that is looked at.'),
  is: text.optional().describe('The value, after trimming, equals this one.'),
  in: z.array(text).min(1).optional().describe('The value, after trimming, is one of these.'),
  empty: z.boolean().optional().describe('true: nothing but white space; false: something else.'),
  matches: pattern.optional().describe('A regular expression that the whole trimmed value fits.'),
  before: day.optional().describe('The date lies before this day: today, or yyyy-MM-dd.'),
  after: day.optional().describe('The date lies after this day: today, or yyyy-MM-dd.'),
  format: dateFormat
    .optional()
    .describe("How the dates of the column are written, in luxon's tokens; for before and after."),
  ignore_case: z.boolean().optional().describe('is, in and matches take upper and lower case as equal.'),
});

/** Everything that is asked of one column; where several tests stand side by side, all must hold. */
export type ColumnTest = z.output<typeof columnTest>;
export type Condition = ColumnTest | { all: Condition[] } | { any: Condition[] } | { not: Condition };

const nested: z.ZodType<Condition> = z.lazy(() => conditionSchema);

/** One map with every key that a condition may have, so that a mistaken key is named and not a failed choice. */
const written = columnTest.partial({ column: true }).extend({
  all: z.array(nested).min(1).optional().describe('Every one of these conditions holds.'),
  any: z.array(nested).min(1).optional().describe('At least one of these conditions holds.'),
  not: nested.optional().describe('This condition does not hold.'),
});
type Written = z.output<typeof written>;

const TESTS = ['is', 'in', 'empty', 'matches', 'before', 'after'] as const;
const GROUPS = ['all', 'any', 'not'] as const;

/** The input type is left open because the schema refers to itself. */
export const conditionSchema: z.ZodType<Condition> = written
  .meta({ oneOf: [{ required: ['column'] }, ...GROUPS.map((group) => ({ required: [group] }))] })
  .transform((found, issue) => {
    // An unknown key was said already, and what is missing beside it follows from it.
    if (issue.issues.length > 0) return z.NEVER;
    const fault = findFault(found);
    if (fault !== undefined) issue.addIssue({ code: 'custom', ...fault });
    return (fault === undefined && asCondition(found)) || z.NEVER;
  });

function findFault(found: Written): { message: string; path?: string[] } | undefined {
  const [group, second] = GROUPS.filter((key) => found[key] !== undefined);
  const [other] = Object.keys(found).filter((key) => !GROUPS.some((known) => known === key));
  if (group !== undefined && second !== undefined)
    return { message: `${group} and ${second} cannot stand side by side: put one inside the other` };
  if (group !== undefined && other !== undefined)
    return { message: `${other} cannot stand beside ${group}: put it inside, as a condition of its own` };
  if (group !== undefined) return undefined;
  if (found.column === undefined) return { message: 'needs a column and a test, or one of: all, any, not' };
  if (!TESTS.some((key) => found[key] !== undefined)) return { message: `needs one of: ${TESTS.join(', ')}` };
  if (found.format !== undefined && found.before === undefined && found.after === undefined)
    return { message: 'a format is used by before and after only, and neither is there', path: ['format'] };
  // Without regard to capitals, more texts are the same.
  const fault = found.matches !== undefined && found.ignore_case && whyNotAPattern(found.matches, true);
  if (fault) return { message: fault, path: ['matches'] };
  return undefined;
}

function asCondition({ all, any, not, column: of, ...tests }: Written): Condition | undefined {
  if (all) return { all };
  if (any) return { any };
  if (not) return { not };
  return of === undefined ? undefined : { column: of, ...tests };
}
