/**
 * Where a grade stands among the others, or undefined where nobody can say: a higher number is a higher
 * grade.
 */
export type GradeOrder = (grade: string) => number | undefined;

/**
 * Grades below the first and above the twelfth, as the field writes them. Numbers stand for themselves; 0 is
 * Kindergarten.
 */
const NAMED: Readonly<Record<string, number>> = {
  ...{ it: -4, infant: -4, infanttoddler: -4 },
  ...{ pr: -3, ps: -3, preschool: -3, nursery: -3, ee: -3, ec: -3, earlychildhood: -3 },
  ...{ p3: -2.5, pk3: -2.5, prek3: -2.5, pk: -2, prek: -2, prekindergarten: -2, prekinder: -2 },
  ...{ p4: -1.5, pk4: -1.5, prek4: -1.5, tk: -1, transitionalkindergarten: -1, transitionalk: -1 },
  ...{ k: 0, kg: 0, kf: 0, kp: 0, kn: 0, kinder: 0, kindergarten: 0, t1: 0.5, transitionalfirst: 0.5 },
  ...{ freshman: 9, sophomore: 10, junior: 11, senior: 12, pg: 13, pgs: 13, postgraduate: 13 },
};
const NUMBER = /^(-?\d{1,2})(?:\.0+)?$/;
const LONGEST_GRADE = 40;

/**
 * The order of the grades of a district.
 * @param own the district's grades, lowest first; then no other grade is known. Without it numbers and the
 * usual names are.
 */
export function compileGradeOrder(own: readonly string[] = []): GradeOrder {
  if (own.length === 0) return rankUsual;
  const ranks = new Map(own.map((grade, rank) => [plain(grade), rank]));
  return (grade) => ranks.get(plain(grade));
}

function rankUsual(grade: string): number | undefined {
  const number = NUMBER.exec(grade);
  if (number) return Number(number[1]);
  const name = plain(grade);
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const counted = NUMBER.exec(
    name.replace(/^(?:grade|gr|g)(?=[\d-])|(?<=\d)(?:st|nd|rd|th)?(?:grade)?$/g, ''),
  );
  return counted ? Number(counted[1]) : undefined;
}

/** Grade 5, grade-5 and GRADE 5 are one; the sign of a number stays. */
function plain(grade: string): string {
  return grade
    .slice(0, LONGEST_GRADE)
    .toLowerCase()
    .replace(/[\s._]+|-(?!\d)/g, '')
    .replace(/(?<=[a-z])-/g, '');
}
