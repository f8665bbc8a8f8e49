/**
 * The one column that is named as one of these but for case, spaces and signs, or but for the prefix of a table, as in
 * STUDENTS.First_Name and [01]First_Name. The names in their order; of a name that two columns are alike to, none.
 */
export function alikeColumn(names: readonly string[], columns: readonly string[]): string | undefined {
  for (const name of names) {
    for (const isAlike of [hasSameLetters, isPrefixed]) {
      const alike = columns.filter((column) => isAlike(name, column));
      if (alike.length === 1) return alike[0];
      if (alike.length > 1) break;
    }
  }
  return undefined;
}

export function hasSameLetters(name: string, column: string): boolean {
  return lettersOf(name) !== '' && lettersOf(name) === lettersOf(column);
}

/** The name itself keeps its prefix: STU.ID is not the ID of another table. */
function isPrefixed(name: string, column: string): boolean {
  return hasSameLetters(name, withoutPrefix(column));
}

export function withoutPrefix(name: string): string {
  return name.replace(/^.*[.\]:](?=.)/, '');
}

export function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
