import { compileCondition } from '../conditions/compile-condition.ts';
import { AppError } from '../errors/app-error.ts';
import { addDays, completedYears } from '../time/calendar-date.ts';
import { dayInSchoolYear } from '../time/school-year.ts';
import type { ColumnFinder } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import type { AgeByBands, AgeByLimits, AgeSettings, Turning, Until } from './age-settings.ts';
import type { StateRule } from './state-rules.ts';

export interface AgeContext {
  day: RunDay;
  find: ColumnFinder;
  /** Formats of the dates that bands ask about; see `compileCondition`. */
  dateFormats?: readonly string[];
  /** The row that `age: { state }` names. */
  stateRule?: StateRule;
}

/** Asks whether who was born on the day (yyyy-MM-dd, not after the run) is of age: undefined, or the rule that says no. */
export type AgeRule = (birth: string, values: readonly string[]) => string | undefined;

/** A range of completed years, each end with the day on which it is looked at. */
interface Range {
  min: number;
  max: number;
  lowerOn: string;
  upperOn: string;
  tooYoung: string;
  tooOld: string;
}

export function compileAgeRule(age: AgeSettings, context: AgeContext): AgeRule {
  if ('bands' in age) return compileBands(age, context);
  const range = compileRange('state' in age ? ruleOfState(age, context.stateRule) : age, context.day);
  return (birth) => judge(range, birth);
}

function ruleOfState(age: { turning?: Turning }, rule: StateRule | undefined): AgeByLimits {
  if (!rule)
    throw new AppError('defect', 'The age rule of a state was compiled without its row of the table');
  return { ...rule, turning: age.turning ?? rule.turning };
}

function compileBands(age: AgeByBands, context: AgeContext): AgeRule {
  const { find, day, dateFormats } = context;
  const asking = {
    usedBy: 'eligibility.age.bands',
    today: day.date,
    ...(dateFormats ? { dateFormats } : {}),
  };
  const bands = age.bands.map(({ where, min, max, until = age.until }) => ({
    fits: where ? compileCondition(where, find, asking) : () => true,
    range: compileRange({ ...age, min, max, until }, day),
  }));
  const words = bands.map(({ range }) => `${range.min} to ${range.max}`).join(', ');
  const refusal = `The age lies in no band that is for the student (${words}; ${describeDay(age, day)}).`;
  return (birth, values) => {
    for (const { fits, range } of bands)
      if (judge(range, birth) === undefined && fits(values)) return undefined;
    return refusal;
  };
}

function judge(range: Range, birth: string): string | undefined {
  if (completedYears(birth, range.lowerOn) < range.min) return range.tooYoung;
  if (completedYears(birth, range.upperOn) > range.max) return range.tooOld;
  return undefined;
}

function compileRange(age: AgeByLimits, day: RunDay): Range {
  const asOf = referenceDay(age, day);
  // A birthday on the day itself that does not count yet is one that comes after the day before.
  const lowerOn = age.turning === 'excluded' ? addDays(asOf, -1) : asOf;
  const upperDays: Record<Until, string> = {
    reference_date: lowerOn,
    birthday: day.date,
    end_of_school_year: day.schoolYear.firstDay,
  };
  const upperWords: Record<Until, string> = {
    reference_date: describeDay(age, day),
    birthday: `on ${day.date}, the day of the run`,
    end_of_school_year: `on ${day.schoolYear.firstDay}, the first day of the school year`,
  };
  return {
    min: age.min,
    max: age.max,
    lowerOn,
    upperOn: upperDays[age.until],
    tooYoung: `Fewer than ${age.min} completed years ${describeDay(age, day)}.`,
    tooOld: `More than ${age.max} completed years ${upperWords[age.until]}.`,
  };
}

function referenceDay(age: { as_of: string }, day: RunDay): string {
  return age.as_of === 'today' ? day.date : dayInSchoolYear(day.schoolYear, age.as_of);
}

function describeDay(age: Pick<AgeByLimits, 'as_of' | 'turning'>, day: RunDay): string {
  return `${age.turning === 'excluded' ? 'before' : 'on'} ${referenceDay(age, day)}`;
}
