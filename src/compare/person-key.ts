import { type ColumnRole, IS_ABOUT_OTHERS, roleOfColumn } from './column-roles.ts';
import { foldName } from './fold-name.ts';

/**
 * Makes one key of a student's names and birth date from the values of a file; it may be hashed and held
 * against another night's. It is blank where a name or the birth date is. Spelling, accents and the order in
 * which a date is written do not change it.
 * @param targets the fields of the file, in order
 * @returns undefined where the file has no field for one of the three
 */
export function compilePersonKey(
  targets: readonly string[],
): ((values: readonly string[]) => string) | undefined {
  const placeOf = (role: ColumnRole) =>
    targets.findIndex((target) => roleOfColumn(target) === role && !IS_ABOUT_OTHERS.test(target));
  const last = placeOf('last_name');
  const first = placeOf('first_name');
  const birth = placeOf('birth_date');
  if (last < 0 || first < 0 || birth < 0) return undefined;
  return (values) => {
    const lastName = foldName(values[last] ?? '').whole;
    const firstName = foldName(values[first] ?? '').whole;
    const birthDate = sortedNumbers(values[birth] ?? '');
    return lastName === '' || firstName === '' || birthDate === ''
      ? ''
      : `${lastName}|${firstName}|${birthDate}`;
  };
}

/**
 * 2015-03-04 and 3/4/2015 are one: a mapping that writes dates in another way has not changed the students.
 */
function sortedNumbers(date: string): string {
  const numbers = date.match(/\d+/g)?.map(Number) ?? [];
  return numbers.sort((one, other) => one - other).join('-');
}
