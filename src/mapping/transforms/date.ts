import { z } from 'zod';
import { addDays, completedYears, isCalendarDate } from '../../time/calendar-date.ts';
import { compileDateReader, type Pivot } from '../../time/read-date.ts';
import { dayInSchoolYear, formatSchoolYear, SCHOOL_YEAR_FORMATS } from '../../time/school-year.ts';
import { compileDateWriter } from '../../time/write-date.ts';
import { isBlank } from '../../vocabulary/row.ts';
import type { RunDay } from '../../vocabulary/run.ts';
import { Flaw, type StepSettings, transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';
import { dateFormatsSchema, dateOutputSchema, pivotSchema } from './written-values.ts';

const ISO = 'yyyy-MM-dd';

const only_blank = z.boolean().optional().describe('true: a value that is there stays as it is.');

/** A leap year has every day that some year has. */
const isDayOfAYear = (text: string) => /^\d{2}-\d{2}$/.test(text) && isCalendarDate(`2024-${text}`);
const asOfSchema = z
  .string()
  .refine(
    (text) => text === 'today' || isDayOfAYear(text) || isCalendarDate(text),
    'must be today, a day of the school year such as 09-01, or a real day such as 2026-09-01',
  );

export const date = transformation({
  name: 'date',
  summary:
    'Reads a date in one of the formats of `from` and writes it in the format of `to`. Reading is strict: a day that no calendar has is rejected, never rolled over. A two-digit year (`yy`) is completed by `pivot`; without one, a field that reads the birth date of `identity` never lies in the future, and any other follows luxon, for which 00 to 60 lie in 20xx.',
  options: withShorthand(
    z.strictObject({
      from: dateFormatsSchema.describe(
        'A format of [luxon tokens](https://moment.github.io/luxon/#/parsing?id=table-of-tokens), or a list of them, tried in turn.',
      ),
      to: dateOutputSchema.default(ISO).describe('The format in which the date is written.'),
      add_days: z
        .int()
        .optional()
        .describe(
          'How many days later the date that is written lies: 1 makes of a last day the end that is exclusive.',
        ),
      pivot: pivotSchema.optional(),
    }),
    'from',
    dateFormatsSchema,
  ),
  examples: [
    { options: { from: 'M/d/yyyy', to: 'yyyy-MM-dd' }, value: '3/9/2015', gives: '2015-03-09' },
    { options: 'M/d/yyyy', value: '12/31/2014', gives: '2014-12-31', note: 'the short form of the same' },
    {
      options: { from: ['yyyy-MM-dd', 'MM/dd/yyyy'], to: 'MMddyyyy' },
      value: '03/09/2015',
      gives: '03092015',
    },
    { options: { from: 'M/d/yyyy' }, value: '02/30/2026', flaw: 'bad_date', note: 'no such day' },
    { options: { from: 'M/d/yyyy' }, value: '2015-03-09', flaw: 'bad_date', note: 'another format' },
    { options: { from: 'M/d/yy', pivot: 30 }, value: '3/9/31', gives: '1931-03-09' },
    { options: { from: 'M/d/yy', pivot: 30 }, value: '3/9/30', gives: '2030-03-09' },
    { options: { from: 'M/d/yyyy' }, value: '  ', gives: '', note: 'a blank passes' },
    { options: { from: 'M/d/yyyy', add_days: 1 }, value: '12/31/2026', gives: '2027-01-01' },
  ],
  compile({ from, to, add_days: days = 0, pivot: own }, context) {
    const pivot = own ?? context.pivot;
    const read = compileDateReader(from, withPivot(pivot));
    const flaw = noDate(from);
    if (to === ISO && days === 0) return (value) => read(value) ?? flaw;
    const write = compileDateWriter(to);
    return (value) => {
      const day = read(value);
      return day === undefined ? flaw : write(addDays(day, days));
    };
  },
});

export const age = transformation({
  name: 'age',
  summary:
    'Turns a birth date into the age in completed years, on the business date of the run or on another day. A birth after that day is rejected.',
  options: withShorthand(
    z.strictObject({
      from: dateFormatsSchema.default([ISO]).describe('The format, or the formats, of the birth date.'),
      as_of: asOfSchema
        .default('today')
        .describe(
          'The day on which the age is counted: `today`, the business date of the run; a day of the running school year, such as `09-01`; or one day for good, such as `2026-09-01`.',
        ),
    }),
    'from',
    dateFormatsSchema,
  ),
  examples: [
    { value: '2015-11-22', gives: '11', note: 'the birthday itself counts' },
    { options: { from: 'M/d/yyyy' }, value: '11/23/2015', gives: '10' },
    { options: 'M/d/yy', value: '11/23/15', gives: '10' },
    { options: { as_of: '09-01' }, value: '2021-09-01', gives: '5' },
    { options: { as_of: '09-01' }, value: '2021-09-02', gives: '4' },
    { options: { as_of: '2030-12-31' }, value: '2012-12-31', gives: '18' },
    { value: '2027-01-01', flaw: 'bad_date' },
  ],
  compile({ from, as_of }, { day, pivot }) {
    const countedOn = dayOf(as_of, day);
    const read = compileDateReader(from, withPivot(pivot ?? { notAfter: day.date }));
    const flaw = noDate(from);
    const unborn = new Flaw(
      'bad_date',
      'The value is a birth date after the day on which the age is counted.',
    );
    return (value) => {
      const birth = read(value);
      if (birth === undefined) return flaw;
      return birth > countedOn ? unborn : String(completedYears(birth, countedOn));
    };
  },
});

function dayOf(asOf: string, day: RunDay): string {
  if (asOf === 'today') return day.date;
  return asOf.length === 'MM-dd'.length ? dayInSchoolYear(day.schoolYear, asOf) : asOf;
}

export const today = transformation({
  name: 'today',
  summary: 'Gives the business date of the run, whatever the value was, or where it is blank.',
  options: withShorthand(
    z.strictObject({
      format: dateOutputSchema.default(ISO).describe('The format in which the date is written.'),
      only_blank,
    }),
    'format',
    dateOutputSchema,
  ),
  makesValue: true,
  readsBlanks: true,
  examples: [
    { value: '', gives: '2026-11-22' },
    { options: { format: 'M/d/yyyy' }, value: '', gives: '11/22/2026' },
    { options: { only_blank: true }, value: '2026-08-18', gives: '2026-08-18' },
  ],
  compile({ format, only_blank: keeps }, { day }) {
    const written = compileDateWriter(format)(day.date);
    return keeps ? (value) => (isBlank(value) ? written : value) : () => written;
  },
});

/** Whether the step gives the day of the run whatever the source says; else only where `isAbsent`, the source says nothing ever. */
export function isDayOfRun(step: StepSettings, isAbsent: boolean): boolean {
  if (step.name !== today.name) return false;
  return isAbsent || !z.object({ only_blank }).parse(step.options).only_blank;
}

/** What the step gives for a blank, where it gives the day of the run for blanks alone. */
export function dayForBlank(step: StepSettings, { date }: RunDay): string | undefined {
  if (step.name !== today.name) return undefined;
  const { format, only_blank: keeps } = z.object({ format: z.string(), only_blank }).parse(step.options);
  return keeps ? compileDateWriter(format)(date) : undefined;
}

export const schoolYear = transformation({
  name: 'school_year',
  summary:
    'Gives the school year that the business date of the run lies in, whatever the value was, or where it is blank. The connection says on which day a school year starts.',
  options: withShorthand(
    z.strictObject({
      format: z
        .enum(SCHOOL_YEAR_FORMATS)
        .default('start')
        .describe('The year of the first day, of the last day, or both, long or short.'),
      only_blank,
    }),
    'format',
    z.enum(SCHOOL_YEAR_FORMATS),
  ),
  makesValue: true,
  readsBlanks: true,
  examples: [
    { value: '', gives: '2026' },
    { options: { format: 'end' }, value: '', gives: '2027' },
    { options: { format: 'span' }, value: '', gives: '2026-2027' },
    { options: 'short', value: '', gives: '26-27' },
    { options: { only_blank: true }, value: '2025', gives: '2025' },
  ],
  compile({ format, only_blank: keeps }, { day }) {
    const written = formatSchoolYear(day.schoolYear, format);
    return keeps ? (value) => (isBlank(value) ? written : value) : () => written;
  },
});

function withPivot(pivot: Pivot | undefined): { pivot?: Pivot } {
  return pivot === undefined ? {} : { pivot };
}

function noDate(formats: readonly string[]): Flaw {
  return new Flaw('bad_date', `The value is no date of the format ${formats.join(' or ')}.`);
}
