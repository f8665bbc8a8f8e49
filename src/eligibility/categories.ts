import { compileCondition, type RowTest } from '../conditions/compile-condition.ts';
import type { ColumnFinder, ColumnReader } from '../vocabulary/row.ts';
import type { EligibilitySettings } from './schema.ts';

export interface SchoolContext {
  find: ColumnFinder;
  /** yyyy-MM-dd */
  today: string;
  dateFormats?: readonly string[];
  /** The column of the school; asked only where `schools` is set. */
  school: ColumnReader;
}

/** Asks whether the school carries the student: undefined, or the rule that says no. */
export type SchoolRule = (values: readonly string[]) => string | undefined;

const NOT_NAMED = 'The school is not named among the schools, and there is no default.';
const NONE_CARRIED = 'Nobody is carried from this school.';
const NO_CATEGORY = 'The student fits none of the categories.';

/**
 * Which schools, and which categories of students of each, are carried. A school that is not named is under `default`;
 * without a default it is not carried. Where no categories are configured, a school is carried unless its list is empty.
 */
export function compileSchoolRule(settings: EligibilitySettings, context: SchoolContext): SchoolRule {
  const lists = new Map(
    Object.entries(settings.schools ?? {}).map(([name, list]) => [name.trim(), new Set(list)]),
  );
  const others = lists.get('default');
  const categoryOf = settings.categories && compileCategories(settings.categories, context);
  return (values) => {
    const carried = lists.get(context.school(values).trim()) ?? others;
    if (!carried) return NOT_NAMED;
    if (carried.size === 0) return NONE_CARRIED;
    if (!categoryOf) return undefined;
    const category = categoryOf(values);
    if (!category) return NO_CATEGORY;
    return carried.has(category.name) ? undefined : category.refusal;
  };
}

interface Category {
  name: string;
  fits: RowTest;
  refusal: string;
}

/** The category of a student: in the order in which they are written, the first that fits. */
export function compileCategories(
  categories: NonNullable<EligibilitySettings['categories']>,
  { find, today, dateFormats }: Omit<SchoolContext, 'school'>,
): (values: readonly string[]) => Category | undefined {
  const formats = dateFormats ? { dateFormats } : {};
  const compiled = Object.entries(categories).map(([name, condition]): Category => {
    const usedBy = `eligibility.categories.${name}`;
    const fits = compileCondition(condition, find, { usedBy, today, ...formats });
    return { name, fits, refusal: `Students of the category ${name} are not carried from this school.` };
  });
  return (values) => {
    for (const category of compiled) if (category.fits(values)) return category;
    return undefined;
  };
}
