import type { ExceptionGroup } from './exception-groups.ts';

/** A step of mending, with why it comes where it comes. */
export interface FixStep {
  title: string;
  why: string;
  groups: readonly ExceptionGroup[];
}

const STEPS = [
  {
    title: 'Rows that cannot be read',
    why: 'What else is wrong with such a row shows only once it can be read.',
    holds: ({ code }: ExceptionGroup) => UNREADABLE.has(code),
  },
  {
    title: 'Who the student is',
    why: 'Id, status and birth date decide about the student, and the rows of other files hang on them.',
    holds: ({ code, field }: ExceptionGroup) => field.startsWith('identity.') || ABOUT_IDENTITY.has(code),
  },
  {
    title: 'Required fields',
    why: 'Without them a row is not carried, whatever else is mended in it.',
    holds: ({ code }: ExceptionGroup) => code === 'required',
  },
  {
    title: 'Values',
    why: 'A code or a format that is added once often mends many rows.',
    holds: ({ code }: ExceptionGroup) => !FOLLOWING.has(code),
  },
  {
    title: 'What follows from the others',
    why: 'Last, because most of these rows go by themselves once the rows that they hang on are mended.',
    holds: () => true,
  },
] as const;

const UNREADABLE: ReadonlySet<string> = new Set(['field_count', 'bad_encoding', 'nul_character']);
const ABOUT_IDENTITY: ReadonlySet<string> = new Set([
  'blank_id',
  'blank_status',
  'unknown_status',
  'bad_birth_date',
  'conflicting_duplicate',
]);
const FOLLOWING: ReadonlySet<string> = new Set(['orphan', 'beside_broken']);

/** The causes of rejected rows in the order in which it pays to mend them; within a step, most rows first. */
export function orderFixes(groups: readonly ExceptionGroup[]): FixStep[] {
  let left = groups.filter(({ kind }) => kind === 'broken').toSorted((one, other) => other.rows - one.rows);
  return STEPS.flatMap(({ title, why, holds }) => {
    const mine = left.filter(holds);
    left = left.filter((group) => !mine.includes(group));
    return mine.length > 0 ? [{ title, why, groups: mine }] : [];
  });
}
