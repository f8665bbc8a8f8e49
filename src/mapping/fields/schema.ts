import { z } from 'zod';
import { conditionSchema } from '../../conditions/schema.ts';
import { compileChecks } from '../field-checks.ts';
import { clashingCode } from '../match-codes.ts';
import { TRANSFORMATIONS } from '../transforms/all.ts';
import { stepSchema } from '../transforms/step-schema.ts';
import { Flaw } from '../transforms/transform.ts';
import { columnSchema, otherwiseSchema, patternSchema, textSchema } from '../transforms/written-values.ts';

/** Under the names that the products of the field show to their users. */
const FIELD_TYPES = ['direct', 'transformation', 'match_codes', 'do_not_map'] as const;

/** Whose value wins where both sides have one. */
const ON_DIFFERENCE = ['new', 'keep_existing', 'review'] as const;
export type OnDifference = (typeof ON_DIFFERENCE)[number];

const checks = {
  required: z.boolean().default(false).describe('A blank rejects the row.'),
  overwrite: z
    .boolean()
    .default(false)
    .describe('true: a blank is sent and clears the value at the other side; false: a blank never erases.'),
  optional: z
    .boolean()
    .default(false)
    .describe('true: where the file lacks the column, the field is blank; else the run fails.'),
  max_length: z.int().min(1).optional().describe('The most characters; a longer value rejects the row.'),
  pattern: patternSchema
    .optional()
    .describe('A regular expression that the whole value fits; any other value rejects the row.'),
  default: textSchema.optional().describe('What is sent where the value is blank.'),
  unique: z.boolean().default(false).describe('No two rows of the file have the same value.'),
  on_difference: z
    .enum(ON_DIFFERENCE)
    .default('new')
    .describe(
      'Of a record that updates a student of the other side, where both have a value: new, keep_existing, or review, and a person says.',
    ),
};

const joined = {
  from: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Another file of the drop: the columns of the field are those of a row of the same student there.',
    ),
  nth: z.int().min(1).optional().describe('Which of the rows there, from 1; the first where it is left out.'),
  where: conditionSchema.optional().describe('Only the rows there of which this holds.'),
  order_by: columnSchema
    .optional()
    .describe(
      'The column that orders the rows there: numbers by their size, then texts; else the order of the file.',
    ),
};

const direct = z
  .strictObject({
    type: z.literal('direct').default('direct'),
    column: columnSchema.describe('The column that is carried as it stands.'),
    ...joined,
    ...checks,
  })
  .superRefine(checkDefault)
  .superRefine(checkJoined);

const transformation = z
  .strictObject({
    type: z.literal('transformation').default('transformation'),
    column: columnSchema.optional().describe('The value that the first step is given.'),
    apply: z.array(stepSchema).min(1).describe('The steps, from left to right.'),
    ...joined,
    ...checks,
  })
  .superRefine(checkDefault)
  .superRefine(checkJoined)
  .superRefine(({ column, apply: [first] }, context) => {
    const reads = TRANSFORMATIONS.find((one) => one.name === first?.name && !one.makesValue);
    if (column !== undefined || !reads) return;
    const message = `has nothing to read: name a column beside apply, or start with a step that makes a value`;
    context.addIssue({ code: 'custom', message, path: ['apply', 0] });
  });

const codeFile = z.strictObject({
  file: z.string().min(1).describe('A CSV with a header.'),
  from: z.string().min(1).describe('Its column with the codes as the source writes them.'),
  to: z.string().min(1).describe('Its column with the values that are sent.'),
});

const matchCodes = z
  .strictObject({
    type: z.literal('match_codes').default('match_codes'),
    column: columnSchema.describe('The column with the codes.'),
    codes: z
      .union([codeFile, z.record(z.string(), textSchema)])
      .describe('Each code and the value that is sent for it, here or in a file.'),
    ignore_case: z.boolean().default(false).describe('Upper and lower case are taken as equal.'),
    otherwise: otherwiseSchema
      .default('reject')
      .describe('What becomes of a value that is none of the codes.'),
    ...joined,
    ...checks,
  })
  .superRefine(checkDefault)
  .superRefine(checkJoined)
  .superRefine(({ codes, ignore_case }, context) => {
    if (isCodeFile(codes)) return;
    if ('file' in codes && ('from' in codes || 'to' in codes)) {
      const message = 'codes from a file are named by file, from and to, and by nothing else';
      context.addIssue({ code: 'custom', message, path: ['codes'] });
    }
    const clash = clashingCode(Object.entries(codes), ignore_case);
    if (clash === undefined) return;
    const message = 'is the same code as another one, with a different value';
    context.addIssue({ code: 'custom', message, path: ['codes', clash] });
  });

/** Every other key may stay, so that switching a field off and on again is a change of one word. */
const doNotMap = z.strictObject({
  type: z.literal('do_not_map'),
  ...z
    .object({ ...direct.shape, ...transformation.shape, ...matchCodes.shape })
    .omit({ type: true })
    .partial().shape,
});

/** Fits nothing: it is here to name the types where another one is written. */
const unknownType = z
  .looseObject({ type: z.enum(FIELD_TYPES).optional() })
  .superRefine((_written, context) => context.addIssue({ code: 'invalid_type', expected: 'never' }))
  .meta({ not: {} })
  .transform(() => z.NEVER);

const shortDirect = columnSchema.transform((column) => direct.parse({ column }));

/** How one target field is filled; a column alone is short for `direct`. The keys tell the type where it is left out. */
export const fieldSchema = z.union([shortDirect, direct, transformation, matchCodes, doNotMap, unknownType]);

export type FieldSettings = z.output<typeof fieldSchema>;
export type CodeFile = z.output<typeof codeFile>;

/** Whether the codes stand in a file, which config reads. */
export function isCodeFile(codes: CodeFile | Record<string, string>): codes is CodeFile {
  return codeFile.safeParse(codes).success;
}

/** What is said of the rows of another file needs that file. */
function checkJoined(field: { from?: string | undefined } & object, context: z.RefinementCtx): void {
  if (field.from !== undefined) return;
  for (const key of ['nth', 'where', 'order_by'] as const)
    if (Object.hasOwn(field, key)) {
      const message = 'is about the rows of another file, and `from` does not say of which';
      context.addIssue({ code: 'custom', message, path: [key] });
    }
}

/** A default that the checks of its own field refuse would reject every row that needs it. */
function checkDefault(
  field: { default?: string | undefined; max_length?: number | undefined; pattern?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (field.default === undefined) return;
  const checked = compileChecks(field)?.(field.default);
  if (checked instanceof Flaw)
    context.addIssue({
      code: 'custom',
      message: `is refused by the field itself: ${checked.message}`,
      path: ['default'],
    });
}
