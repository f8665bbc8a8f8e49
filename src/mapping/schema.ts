import { z } from 'zod';
import { RECORD_KINDS, type RecordKind } from '../vocabulary/record-kind.ts';
import { type FieldSettings, fieldSchema } from './fields/schema.ts';
import { isLookup, type LookupOptions } from './transforms/lookup.ts';
import { isHash } from './transforms/pseudonym.ts';
import {
  columnListSchema,
  columnSchema,
  dateFormatsSchema,
  pivotSchema,
  textSchema,
} from './transforms/written-values.ts';

const primarySchema = z.strictObject({ column: columnSchema, is: textSchema });
export type PrimarySettings = z.output<typeof primarySchema>;

const repeatSchema = z.strictObject({
  columns: columnListSchema.describe('The columns that may differ from row to row of one student.'),
  order_by: columnSchema
    .optional()
    .describe(
      'The column that orders the rows: numbers by their size, then texts; else the order of the file.',
    ),
  at_most: z.int().min(1).optional().describe('How many rows count; the others are left out.'),
  optional: z.boolean().optional().describe('true: the file may lack these columns.'),
});
export type RepeatSettings = z.output<typeof repeatSchema>;

const identitySchema = z.strictObject({
  id: columnSchema.describe('The id by which this system knows the student.'),
  status: columnSchema.optional().describe('The enrollment status that eligibility asks about.'),
  birth_date: z
    .strictObject({ column: columnSchema, format: dateFormatsSchema, pivot: pivotSchema.optional() })
    .optional()
    .describe('The birth date; a two-digit year never lies in the future unless pivot says otherwise.'),
  school: columnSchema.optional(),
  grade: columnSchema.optional(),
  optional: z
    .array(z.enum(['status']))
    .optional()
    .describe(
      'The columns of these that the file may lack, such as the status where all students are enrolled ones.',
    ),
  previous_id: columnSchema.optional().describe('The id that the student had before.'),
  primary: primarySchema
    .optional()
    .describe('Of a student with rows of several schools, the row that counts: where the column is this.'),
});

const fieldsSchema = z.record(z.string().min(1), fieldSchema).superRefine((fields, context) => {
  if (!Object.values(fields).some((field) => field.type !== 'do_not_map'))
    context.addIssue({ code: 'custom', message: 'maps no field' });
  for (const name of Object.keys(fields).filter((one) => /^\d+$/.test(one)))
    context.addIssue({
      code: 'custom',
      message: 'a field name of digits alone would lose its place among the columns',
      path: [name],
    });
});

/**
 * The schema of a mapping file. How files are read and written is said by other rooms, which hand in their schemas:
 * `read` must accept undefined, because a mapping may leave it out.
 */
export function mappingSchemaOf<Read extends z.ZodType, Write extends z.ZodType>(files: {
  read: Read;
  write: Write;
}) {
  const mapping = z.strictObject({
    version: z.literal(1),
    title: z.string().optional(),
    record: z.enum(RECORD_KINDS).describe('What a row of the file is about.'),
    read: files.read,
    write: files.write,
    identity: identitySchema.describe('The source columns that Rosterferry itself reads.'),
    repeats: z
      .record(z.string().min(1), repeatSchema)
      .optional()
      .describe(
        'Where a student has several rows in this file: what each of them adds, under a name for `from`.',
      ),
    fields: fieldsSchema.describe('Each target field, in the order of the columns of the outbound file.'),
  });
  return mapping.superRefine(({ repeats = {}, fields }, context) => {
    for (const [name, { type, from = '', nth = 1, column }] of Object.entries(fields)) {
      const group = repeats[from];
      if (type === 'do_not_map' || group === undefined) continue;
      const ask = (key: string, message: string) =>
        context.addIssue({ code: 'custom', message, path: ['fields', name, key] });
      const { at_most: most = nth } = group;
      if (nth > most) ask('nth', `lies beyond repeats.${from}.at_most, which is ${most}`);
      const known = [...group.columns, group.order_by ?? []].flat();
      if (column !== undefined && !isAmong(column, known))
        ask('column', `is no column of repeats.${from}, which has ${known.join(', ')}`);
    }
  });
}

/** Loosely, because columns may be read loosely: who looks for a column in the file itself is exact. */
function isAmong(column: string | readonly string[], known: readonly string[]): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const names = new Set(known.map(plain));
  return [column].flat().some((one) => names.has(plain(one)));
}

export type Identity = z.output<typeof identitySchema>;

/** A checked mapping, defaults filled in. */
export interface Mapping<Read = unknown, Write = unknown> {
  version: 1;
  title?: string | undefined;
  record: RecordKind;
  read: Read;
  write: Write;
  identity: Identity;
  repeats?: Record<string, RepeatSettings> | undefined;
  fields: Record<string, FieldSettings>;
}

type Fields = Readonly<Record<string, FieldSettings>>;

/** Where something stands in a mapping: the step of a field. */
export interface StepPlace {
  field: string;
  step: number;
}

/** The lookups among the steps, whose files config reads. */
export function lookupsIn(fields: Fields): (StepPlace & { options: LookupOptions })[] {
  return stepsIn(fields).flatMap(({ settings, ...place }) =>
    isLookup(settings) ? [{ ...place, options: settings.options }] : [],
  );
}

/** The secrets that the steps refer to, which config resolves when a run opens. */
export function hashSecretsIn(fields: Fields): (StepPlace & { secret: string })[] {
  return stepsIn(fields).flatMap(({ settings, ...place }) =>
    isHash(settings) ? [{ ...place, secret: settings.options.secret }] : [],
  );
}

/** The files of the connection that fields name with `from`, and where; groups of `repeats` are none. */
export function joinsIn({
  fields,
  repeats = {},
}: Pick<Mapping, 'fields' | 'repeats'>): { field: string; file: string }[] {
  return Object.entries(fields).flatMap(([field, { type, from }]) =>
    type === 'do_not_map' || from === undefined || Object.hasOwn(repeats, from)
      ? []
      : [{ field, file: from }],
  );
}

function stepsIn(fields: Fields) {
  return Object.entries(fields).flatMap(([field, settings]) =>
    settings.type === 'transformation'
      ? settings.apply.map((one, step) => ({ field, step, settings: one }))
      : [],
  );
}
