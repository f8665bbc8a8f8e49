import { editDistance } from '../likeness/distance.ts';
import { hasSameLetters, lettersOf, withoutPrefix } from './alike-column.ts';

/** From this length on, two slips of the pen still leave a name recognisable. */
const LONG_NAME = 6;

/**
 * The one column that was probably meant: the same name but for case and signs, or but for the prefix of a table, as in
 * STUDENTS.First_Name and [01]First_Name, or but for a slip or two. Undefined where none is, or more than one.
 */
export function nearColumn(names: readonly string[], columns: readonly string[]): string | undefined {
  for (const isNear of [hasSameLetters, hasSameEnd, isSlip]) {
    const near = columns.filter((column) => names.some((name) => isNear(name, column)));
    if (near.length > 0) return near.length === 1 ? near[0] : undefined;
  }
  return undefined;
}

function hasSameEnd(name: string, column: string): boolean {
  return hasSameLetters(withoutPrefix(name), withoutPrefix(column));
}

function isSlip(name: string, column: string): boolean {
  const [one, other] = [lettersOf(name), lettersOf(column)];
  return one.length >= LONG_NAME && editDistance(one, other) <= 2;
}
