import { z } from 'zod';
import { rememberAnswers } from '../../time/remember-answers.ts';
import {
  compileGradeReader,
  foldGrade,
  GRADE_LISTS,
  type GradeNames,
  LEVELS,
  type Level,
  nameOf,
  readUsualGrade,
} from './grade-names.ts';
import { Flaw, transformation } from './transform.ts';
import { textSchema } from './written-values.ts';

const USUAL = 'usual';
const listNames = Object.keys(GRADE_LISTS);

const ownCodes = z.record(z.string(), textSchema);
const NO_GRADE = 'is no grade; write one such as PK, K, 1 or 12';

const from = z.union([
  z.enum([USUAL, ...listNames]),
  ownCodes.superRefine((codes, context) => {
    for (const [code, grade] of Object.entries(codes))
      if (!readUsualGrade(grade)) context.addIssue({ code: 'custom', message: NO_GRADE, path: [code] });
  }),
]);
const to = z.union([
  z.enum(listNames),
  ownCodes.superRefine((codes, context) => {
    for (const grade of Object.keys(codes))
      if (!readUsualGrade(grade)) context.addIssue({ code: 'custom', message: NO_GRADE, path: [grade] });
  }),
]);

const lists = [...new Set(Object.values(GRADE_LISTS))].map((names) => {
  const known = listNames.filter((name) => GRADE_LISTS[name] === names).map((name) => `\`${name}\``);
  return `${known.join(', ')} (${shown(names)})`;
});

export const gradeLevel = transformation({
  name: 'grade_level',
  summary: `Reads a grade in one way of writing it and writes it in another. The lists are: ${lists.join('; ')}. A grade that the list of \`to\` has no name for is rejected; only pre-kindergarten of two and three years becomes plain pre-kindergarten.`,
  options: z.strictObject({
    from: from
      .default(USUAL)
      .describe(
        'A list; or `usual`: the words and numbers that districts use, 0 being kindergarten and a number below 0 being refused, because each state means another grade by it; or your own codes, each with the grade it stands for, `usual` being read beside them.',
      ),
    to: to.describe('A list, or each grade with your own code for it.'),
  }),
  examples: [
    { options: { to: 'ceds' }, value: 'Kindergarten', gives: 'KG' },
    { options: { to: 'ceds' }, value: '7th Grade', gives: '07' },
    { options: { from: 'powerschool', to: 'clever' }, value: '-1', gives: 'PreKindergarten' },
    { options: { from: 'ceds', to: 'xello' }, value: 'KG', gives: '0' },
    {
      options: { from: 'ceds', to: 'xello' },
      value: 'PK',
      flaw: 'bad_value',
      note: 'Xello has no such grade',
    },
    { options: { to: 'ceds' }, value: '-1', flaw: 'bad_value', note: 'say which grade it is' },
    { options: { from: { '-1': 'K', T9: 9 }, to: 'ceds' }, value: '-1', gives: 'KG' },
    { options: { from: { '-1': 'K', T9: 9 }, to: 'ceds' }, value: '05', gives: '05' },
    { options: { to: { K: 'KN', 1: '1st', 2: '2nd' } }, value: '01', gives: '1st' },
  ],
  compile(options) {
    const read = compileReader(options.from);
    const names = typeof options.to === 'string' ? (GRADE_LISTS[options.to] ?? {}) : ownNames(options.to);
    const unread = new Flaw('bad_value', 'The value is no grade that is known here.');
    const list = typeof options.to === 'string' ? `the list ${options.to}` : 'the list of the mapping';
    const unnamed = new Flaw('bad_value', `The grade has no name in ${list}.`);
    return rememberAnswers((value) => {
      const level = read(value);
      return level === undefined ? unread : (nameOf(level, names) ?? unnamed);
    });
  },
});

function compileReader(written: z.output<typeof from>): (text: string) => Level | undefined {
  if (written === USUAL) return readUsualGrade;
  if (typeof written === 'string') return compileGradeReader(GRADE_LISTS[written] ?? {});
  const own = new Map(
    Object.entries(written).map(([code, grade]) => [foldGrade(code), readUsualGrade(grade)]),
  );
  return (text) => own.get(foldGrade(text)) ?? readUsualGrade(text);
}

function ownNames(written: Readonly<Record<string, string>>): GradeNames {
  return Object.fromEntries(Object.entries(written).map(([grade, code]) => [readUsualGrade(grade), code]));
}

/** The names in one line, runs of grades cut short. */
function shown(names: GradeNames): string {
  const isMiddle = (level: Level) => /^\d/.test(level) && !['1', '12', '13'].includes(level);
  const words = LEVELS.flatMap((level) => (isMiddle(level) ? [] : (names[level] ?? [])));
  const first = words.indexOf(names[1] ?? '');
  return words.map((word, at) => (at === first + 1 ? `... ${word}` : word)).join(', ');
}
