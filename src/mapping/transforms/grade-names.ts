/** A grade, whatever it is called: IT infants and toddlers, PR preschool, K kindergarten, PS after school, UG ungraded. */
const BELOW = ['IT', 'PR', 'PK2', 'PK3', 'PK', 'TK', 'K'] as const;
const GRADES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13'] as const;
const BEYOND = ['PS', 'AE', 'UG'] as const;
export const LEVELS = [...BELOW, ...GRADES, ...BEYOND] as const;
export type Level = (typeof LEVELS)[number];

/** What each grade is called; those that are left out have no name there. */
export type GradeNames = Readonly<Partial<Record<Level, string>>>;

const PLAIN = numbered((grade) => grade);
const FIRST_TO_TWELFTH = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth';
const ORDINALS = FIRST_TO_TWELFTH.split(' ');

const CEDS: GradeNames = {
  ...{ IT: 'IT', PR: 'PR', PK: 'PK', TK: 'TK', K: 'KG' },
  ...numbered((grade) => grade.padStart(2, '0')),
  ...{ PS: 'PS', AE: 'AE', UG: 'UG' },
};
const NUMBERS: GradeNames = { PK: '-1', K: '0', ...PLAIN };

/** The lists that are known by a name. */
export const GRADE_LISTS: Readonly<Record<string, GradeNames>> = {
  short: {
    ...{ IT: 'IT', PR: 'PR', PK2: 'PK2', PK3: 'PK3', PK: 'PK', TK: 'TK', K: 'K' },
    ...PLAIN,
    ...{ PS: 'PG', AE: 'AE', UG: 'UG' },
  },
  // Common Education Data Standards, Entry Grade Level; OneRoster leaves the list to agreement, and this is the usual one.
  ceds: CEDS,
  oneroster: CEDS,
  sds: CEDS,
  // PowerSchool's own numbers; below 0 each state has a meaning of its own, and this is the most common one.
  number: NUMBERS,
  powerschool: NUMBERS,
  schoolmint: NUMBERS,
  // Clever Data API 3.0, students.grade.
  clever: {
    ...{ IT: 'InfantToddler', PR: 'Preschool', PK: 'PreKindergarten', TK: 'TransitionalKindergarten' },
    ...{ K: 'Kindergarten', ...PLAIN, PS: 'PostGraduate', UG: 'Ungraded' },
  },
  // Xello, Create Student Data Files: CurrentGrade is an integer, and 0 is kindergarten.
  xello: { K: '0', ...numbered((grade) => grade, 12) },
  // OpenApply, CSV import.
  openapply: {
    ...{ PK2: 'Pre-K2', PK3: 'Pre-K3', PK: 'Pre-K4', K: 'Kindergarten' },
    ...numbered((grade) => `Grade ${grade}`, 12),
  },
  infinite_campus: { IT: 'IT', PR: 'PR', PK: 'PK', K: 'KG', ...PLAIN, UG: 'OS' },
  // Ed-Fi Data Standard 6.1, GradeLevelDescriptor.
  ed_fi: {
    ...{ IT: 'Infant/toddler', PR: 'Preschool', PK: 'Prekindergarten', TK: 'Transitional Kindergarten' },
    K: 'Kindergarten',
    ...numbered((grade) => `${capital(ORDINALS[Number(grade) - 1] ?? '')} grade`, 12),
    ...{ 13: 'Grade 13', PS: 'Postsecondary', UG: 'Ungraded' },
  },
};

/** What a grade is called in a list; pre-kindergarten at two or three years is plain pre-kindergarten where a list knows one. */
export function nameOf(level: Level, names: GradeNames): string | undefined {
  const isYoung = level === 'PK2' || level === 'PK3';
  return names[level] ?? (isYoung ? names.PK : undefined);
}

const WORDS: ReadonlyMap<string, Level> = new Map([
  ...wordsFor('IT', 'it infant toddler infanttoddler'),
  ...wordsFor('PR', 'pr preschool nursery ec ee earlychildhood'),
  ...wordsFor('PK2', 'pk2 prek2 p2'),
  ...wordsFor('PK3', 'pk3 prek3 p3 3k'),
  ...wordsFor('PK', 'pk prek prekindergarten prekinder pk4 prek4 p4 4k'),
  ...wordsFor('TK', 'tk transitionalkindergarten transitionalk'),
  ...wordsFor('K', 'k kg kf kp kn kdg kinder kindergarten'),
  ...wordsFor('9', 'freshman'),
  ...wordsFor('10', 'sophomore'),
  ...wordsFor('11', 'junior'),
  ...wordsFor('12', 'senior'),
  ...wordsFor('PS', 'pg pgs postgrad postgraduate postsecondary'),
  ...wordsFor('AE', 'ae adulteducation'),
  ...wordsFor('UG', 'ug os ungraded'),
  ...GRADES.flatMap((level) => {
    const ordinal = ORDINALS[Number(level) - 1];
    return ordinal === undefined ? [] : wordsFor(level, `${ordinal} ${ordinal}grade`);
  }),
]);
/** Between two digits they part two grades. */
const SEPARATORS = /(?<!\d)[\s_/-]+|[\s_/-]+(?!\d)|\.(?!\d)/g;
const NUMBER = /^(?:grade|gr|g)?0*(\d{1,2})(?:\.0+)?(?:st|nd|rd|th)?(?:grade)?$/;

/**
 * The grade in the words and numbers that districts use; undefined where nobody can say. A number below 0 is not
 * guessed: it is kindergarten in one state and pre-kindergarten in the next.
 */
export function readUsualGrade(text: string): Level | undefined {
  const written = text.trim().toLowerCase();
  if (written.startsWith('-')) return undefined;
  const plain = written.replaceAll(SEPARATORS, '');
  const [, number] = NUMBER.exec(plain) ?? [];
  if (number === undefined) return WORDS.get(plain);
  return number === '0' ? 'K' : GRADES.find((grade) => grade === number);
}

/** Reads the names of one list: upper and lower case, and zeros in front of a number, make no difference. */
export function compileGradeReader(names: GradeNames): (text: string) => Level | undefined {
  const levels = new Map<string, Level>();
  for (const level of LEVELS) {
    const name = names[level];
    if (name !== undefined) levels.set(foldGrade(name), level);
  }
  return (text) => levels.get(foldGrade(text));
}

export function foldGrade(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^(-?)0+(?=\d)/, '$1');
}

function numbered(nameFor: (grade: string) => string, last = 13): GradeNames {
  return Object.fromEntries(GRADES.slice(0, last).map((grade) => [grade, nameFor(grade)]));
}

function wordsFor(level: Level, words: string): [string, Level][] {
  return words.split(' ').map((word) => [word, level]);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
