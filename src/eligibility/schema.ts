/**
 * Eligibility: who is carried, and for whom exactly one rule said no.
 *
 * in:       a row of a students file, the rules of the district, the day of the run, the lists of students
 * out:      carried, left out with the one rule that decided, or rejected with a finding
 * promises: every row gets exactly one answer, whatever it holds; the first rule that says no is the reason
 * never:    reads a clock or a file; says a value of a student in a rule
 */
import { z } from 'zod';
import { conditionSchema } from '../conditions/schema.ts';
import { monthDay } from '../time/schema.ts';
import {
  type AgeSettings,
  AS_OF,
  asAgeSettings,
  findContradiction,
  MAX_AGE,
  MIN_AGE,
  TURNINGS,
  UNTILS,
} from './age-settings.ts';

const id = z.union([z.string().trim().min(1), z.int().transform(String)]).pipe(z.string());
const code = z.union([z.string().trim(), z.int().transform(String)]).pipe(z.string());

const yearStart = monthDay.refine((text) => text !== '02-29', 'must be a day that every year has');

const years = z.int().min(0).max(120);
const state = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as TX');
const asOf = z
  .union([z.literal('today'), monthDay])
  .describe(
    'The day of the running school year on which completed years count, MM-dd; or today. Default 09-01.',
  );
const turning = z
  .enum(TURNINGS)
  .describe('Whether a birthday on as_of itself already counts. Default included.');
const until = z
  .enum(UNTILS)
  .describe(
    'When a student who passes max leaves: by the age on as_of (default), on the birthday, or when the school year ends.',
  );

const limits = {
  min: years.optional().describe(`The least completed years. Default ${MIN_AGE}.`),
  max: years.optional().describe(`The most completed years. Default ${MAX_AGE}.`),
  until: until.optional(),
};
const band = z
  .strictObject({
    where: conditionSchema.optional().describe('The band is for the rows that fit.'),
    ...limits,
  })
  .transform((written) => ({ ...written, min: written.min ?? MIN_AGE, max: written.max ?? MAX_AGE }))
  .refine(({ min, max }) => min <= max, { message: 'min is above max, so nobody is of age' });

/** One map with every key, so that a mistaken key is named and not a failed choice. */
const writtenAge = z.strictObject({
  ...limits,
  as_of: asOf.optional(),
  turning: turning.optional(),
  bands: z
    .array(band)
    .min(1)
    .optional()
    .describe('Several ranges, of which one must fit. Beside as_of, turning and until only.'),
  state: state.optional().describe('The row of data/age-rules/us-states.yaml. Beside turning only.'),
});

const ageSchema = writtenAge.transform((written, issue): AgeSettings => {
  // An unknown key was said already; what follows would only repeat it.
  if (issue.issues.length > 0) return z.NEVER;
  const message = findContradiction(written);
  if (message !== undefined) issue.addIssue({ code: 'custom', message });
  return asAgeSettings(written);
});

const waivers = z.union([
  z.array(id),
  z.strictObject({
    file: z.string().min(1),
    id: z.string().min(1).describe('The column with the ids of the students.'),
    reason: z.string().min(1).optional().describe('The column that says why.'),
    until: z.string().min(1).optional().describe('The column with the last day of the waiver, yyyy-MM-dd.'),
  }),
]);
export type WaiverSettings = z.output<typeof waivers>;
export type WaiverFile = Extract<WaiverSettings, { file: string }>;

const statuses = z
  .strictObject({
    active: z.array(code).min(1),
    inactive: z.array(code).default([]),
    unknown: z
      .enum(['reject', 'inactive'])
      .default('reject')
      .describe('What becomes of a row whose status is listed in neither.'),
    ignore_case: z.boolean().default(false),
  })
  .superRefine(({ active, inactive, ignore_case }, issue) => {
    const fold = (text: string) => (ignore_case ? text.toLowerCase() : text);
    const actives = new Set(active.map(fold));
    for (const [at, text] of inactive.entries())
      if (actives.has(fold(text)))
        issue.addIssue({ code: 'custom', path: ['inactive', at], message: 'is listed as active as well' });
  });
export type StatusSettings = z.output<typeof statuses>;

export const eligibilitySchema = z
  .strictObject({
    policy: z
      .enum(['active_or_age_eligible', 'active_only', 'active_and_age_eligible', 'everyone'])
      .default('active_or_age_eligible'),
    statuses: statuses
      .optional()
      .describe('Which codes of the status column mean an active student. A district must say this itself.'),
    age: ageSchema
      .optional()
      .describe(
        `Who is of age. Default: ${MIN_AGE} to ${MAX_AGE} completed years on ${AS_OF} of the school year.`,
      ),
    school_year_starts: yearStart.default('07-01'),
    categories: z
      .record(z.string().regex(/^[A-Za-z]/, 'a name that starts with a letter'), conditionSchema)
      .optional()
      .describe('The first that fits names the category of the student.'),
    schools: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .describe(
        'Which categories of each school are carried; default is for the schools that are not named.',
      ),
    always_include: waivers.default([]),
    never_include: waivers.default([]),
  })
  .superRefine(({ categories, schools }, issue) => {
    if (!categories) return;
    const known = Object.keys(categories);
    for (const [school, names] of Object.entries(schools ?? {}))
      for (const [at, name] of names.entries())
        if (!known.includes(name)) {
          const message = `is none of the categories, which are ${known.join(', ')}`;
          issue.addIssue({ code: 'custom', path: ['schools', school, at], message });
        }
  });
export type EligibilitySettings = z.output<typeof eligibilitySchema>;

const source = {
  state,
  name: z.string().min(1),
  source: z.string().min(1).describe('Where the facts of the row were read.'),
  year: z.int().min(1900).max(2200).describe('The year of the oldest of them.'),
  note: z.string().optional(),
};
const decidedRow = z.strictObject({
  ...source,
  local: z.literal(false).default(false),
  min: years,
  max: years.optional().describe('Left out where no source says it.'),
  as_of: monthDay,
  turning,
  until,
});
const localRow = z.strictObject({ ...source, local: z.literal(true), max: years.optional() });

/** data/age-rules/us-states.yaml. */
export const stateAgeTableSchema = z.strictObject({
  about: z.string(),
  states: z.array(z.union([decidedRow, localRow])).min(1),
});
export type StateAgeTable = z.output<typeof stateAgeTableSchema>;
export type StateAgeRow = StateAgeTable['states'][number];
