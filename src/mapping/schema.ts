import { z } from 'zod';
import { RECORD_KINDS, type RecordKind } from '../vocabulary/record-kind.ts';
import { type FieldSettings, fieldSchema } from './fields/schema.ts';
import { isLookup, type LookupOptions } from './transforms/lookup.ts';
import { isHash } from './transforms/pseudonym.ts';
import { columnSchema, dateFormatsSchema, pivotSchema } from './transforms/written-values.ts';

const identitySchema = z.strictObject({
  id: columnSchema.describe('The id by which this system knows the student.'),
  status: columnSchema.optional().describe('The enrollment status that eligibility asks about.'),
  birth_date: z
    .strictObject({ column: columnSchema, format: dateFormatsSchema, pivot: pivotSchema.optional() })
    .optional()
    .describe('The birth date; a two-digit year never lies in the future unless pivot says otherwise.'),
  school: columnSchema.optional(),
  grade: columnSchema.optional(),
  previous_id: columnSchema.optional().describe('The id that the student had before.'),
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
  return z.strictObject({
    version: z.literal(1),
    title: z.string().optional(),
    record: z.enum(RECORD_KINDS).describe('What a row of the file is about.'),
    read: files.read,
    write: files.write,
    identity: identitySchema.describe('The source columns that Rosterferry itself reads.'),
    fields: fieldsSchema.describe('Each target field, in the order of the columns of the outbound file.'),
  });
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

/** The files that fields name with `from`, and where. */
export function joinsIn(fields: Fields): { field: string; file: string }[] {
  return Object.entries(fields).flatMap(([field, { type, from }]) =>
    type === 'do_not_map' || from === undefined ? [] : [{ field, file: from }],
  );
}

function stepsIn(fields: Fields) {
  return Object.entries(fields).flatMap(([field, settings]) =>
    settings.type === 'transformation'
      ? settings.apply.map((one, step) => ({ field, step, settings: one }))
      : [],
  );
}
