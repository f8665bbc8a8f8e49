import { z } from 'zod';
import { conditionSchema } from '../conditions/schema.ts';

const id = z.union([z.string().min(1), z.int().transform(String)]).pipe(z.string());
const code = z.union([z.string(), z.int().transform(String)]).pipe(z.string());
export const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a month and a day: 09-01');

const years = z.int().min(0).max(120);
const turning = z
  .enum(['included', 'excluded'])
  .describe('Whether a birthday on the day itself already counts.');
const until = z
  .enum(['reference_date', 'birthday', 'end_of_school_year'])
  .describe(
    'When a student who passes max leaves: by age on as_of, on the birthday, or when the school year ends.',
  );

const band = z.strictObject({
  min: years.default(0),
  max: years.default(120),
  where: conditionSchema.optional().describe('The band is for the rows that fit.'),
  until: until.optional(),
});

const ageByLimits = z.strictObject({
  min: years.default(0),
  max: years.default(120),
  as_of: monthDay
    .optional()
    .describe(
      'The day of the running school year on which completed years count; the day of the run where it is left out.',
    ),
  turning: turning.default('included'),
  until: until.default('reference_date'),
});
const ageByBands = z.strictObject({
  as_of: monthDay.optional(),
  turning: turning.default('included'),
  bands: z.array(band).min(1),
});
const ageByState = z.strictObject({
  state: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as TX'),
  turning: turning.optional(),
});
export type AgeSettings =
  | z.output<typeof ageByLimits>
  | z.output<typeof ageByBands>
  | z.output<typeof ageByState>;

const waivers = z.union([
  z.array(id),
  z.strictObject({
    file: z.string().min(1),
    id: z.string().min(1),
    reason: z.string().optional(),
    until: z.string().optional().describe('A column with the last day of the waiver, yyyy-MM-dd.'),
  }),
]);

export const eligibilitySchema = z.strictObject({
  policy: z
    .enum(['active_or_age_eligible', 'active_only', 'active_and_age_eligible', 'everyone'])
    .default('active_or_age_eligible'),
  statuses: z
    .strictObject({
      active: z.array(code).min(1),
      inactive: z.array(code).default([]),
      unknown: z.enum(['reject', 'inactive']).default('reject'),
      ignore_case: z.boolean().default(false),
    })
    .optional()
    .describe('Which codes of the status column mean an active student. A district must say this itself.'),
  age: z.union([ageByLimits, ageByBands, ageByState]).optional(),
  school_year_starts: monthDay.default('07-01'),
  categories: z
    .record(z.string().min(1), conditionSchema)
    .optional()
    .describe('The first that fits names the category of the student.'),
  schools: z
    .record(z.string().min(1), z.array(z.string()))
    .optional()
    .describe(
      'Which categories of each school are carried; `default` is for the schools that are not named.',
    ),
  always_include: waivers.default([]),
  never_include: waivers.default([]),
});
export type EligibilitySettings = z.output<typeof eligibilitySchema>;
export type WaiverSettings = z.output<typeof waivers>;
