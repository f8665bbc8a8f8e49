import { compileDateReader, type DateReader } from '../time/read-date.ts';
import { type ColumnFinder, isBlank } from '../vocabulary/row.ts';
import type { ColumnTest, Condition } from './schema.ts';
import { compileWholePattern } from './whole-pattern.ts';

export interface ConditionContext {
  /** Who asks, as it stands in an error about a missing column: `eligibility.categories.future`. */
  usedBy: string;
  /** yyyy-MM-dd */
  today: string;
  /** Formats in which the dates of the file are written; tried before yyyy-MM-dd and M/d/yyyy. */
  dateFormats?: readonly string[];
}

/** Asks something of one row: one text a column, as it stood in the file. */
export type RowTest = (values: readonly string[]) => boolean;
type ValueTest = (trimmed: string) => boolean;

const COMMON_FORMATS = ['yyyy-MM-dd', 'M/d/yyyy'];

/** Made once for a file, called for each row. A blank or unreadable date lies neither before nor after any day. */
export function compileCondition(
  condition: Condition,
  find: ColumnFinder,
  context: ConditionContext,
): RowTest {
  if ('all' in condition) return allOf(condition.all.map((inner) => compileCondition(inner, find, context)));
  if ('any' in condition) return anyOf(condition.any.map((inner) => compileCondition(inner, find, context)));
  if ('not' in condition) {
    const holds = compileCondition(condition.not, find, context);
    return (values) => !holds(values);
  }
  const read = find(condition.column, context.usedBy);
  const tests = compileTests(condition, context);
  return (values) => {
    const value = read(values).trim();
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function allOf(tests: readonly RowTest[]): RowTest {
  return (values) => {
    for (const test of tests) if (!test(values)) return false;
    return true;
  };
}

function anyOf(tests: readonly RowTest[]): RowTest {
  return (values) => {
    for (const test of tests) if (test(values)) return true;
    return false;
  };
}

function compileTests(test: ColumnTest, context: ConditionContext): ValueTest[] {
  const tests: ValueTest[] = [];
  const { is, in: list, empty, matches, before, after, ignore_case: ignoreCase = false } = test;
  if (is !== undefined) tests.push(compileList([is], ignoreCase));
  if (list !== undefined) tests.push(compileList(list, ignoreCase));
  if (empty !== undefined) tests.push((value) => isBlank(value) === empty);
  if (matches !== undefined) tests.push(compileWholePattern(matches, ignoreCase));
  if (before === undefined && after === undefined) return tests;
  const readDate = compileReader(test, context);
  if (before !== undefined) {
    const limit = before === 'today' ? context.today : before;
    tests.push((value) => (readDate(value) ?? limit) < limit);
  }
  if (after !== undefined) {
    const limit = after === 'today' ? context.today : after;
    tests.push((value) => (readDate(value) ?? limit) > limit);
  }
  return tests;
}

function compileList(words: readonly string[], ignoreCase: boolean): ValueTest {
  const fold = (word: string) => (ignoreCase ? word.toLowerCase() : word);
  const wanted = new Set(words.map((word) => fold(word.trim())));
  return ignoreCase ? (value) => wanted.has(fold(value)) : (value) => wanted.has(value);
}

function compileReader(test: ColumnTest, context: ConditionContext): DateReader {
  if (test.format !== undefined) return compileDateReader([test.format]);
  return compileDateReader([...new Set([...(context.dateFormats ?? []), ...COMMON_FORMATS])]);
}
