import { expect } from 'chai';
import { z } from 'zod';
import { explainIssues } from '../../src/config/explain-issue.ts';
import type { YamlFile } from '../../src/config/read-yaml.ts';

const FILE: YamlFile = {
  path: '/a',
  shown: 'a',
  text: () => '',
  value: undefined,
  mistakes: [],
  placeOf: () => ({ file: 'a' }),
};

function explained(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) throw new Error('the value is right');
  const checked = { schema, value, file: FILE, prefix: ['x'] };
  return explainIssues(result.error.issues, checked).map(({ message, hint }) => `${message} | ${hint}`);
}

const text = z.string();
const shapes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
]);
const tree: z.ZodType = z.lazy(() =>
  z.union([z.strictObject({ leaf: text }), z.strictObject({ branch: z.array(tree) })]),
);

const CASES: readonly [what: string, schema: z.ZodType, value: unknown, said: string[]][] = [
  [
    'the branch that a word names',
    shapes,
    { kind: 'square', sid: 1 },
    ['x has no key sid | Did you mean side?'],
  ],
  [
    'no branch of that word',
    shapes,
    { kind: 'triangle' },
    ['x.kind is "triangle", but must be circle or square | Mend this value.'],
  ],
  ['no word', shapes, { side: 1 }, ['x lacks kind | Add it: circle or square.']],
  [
    'a kind that no branch has',
    z.union([text, z.array(text)]),
    5,
    ['x is 5, but must be text or a list | Mend this value.'],
  ],
  [
    'a message of the union',
    z.union([text, z.array(text)], { error: 'a column' }),
    5,
    ['x is 5, but must be a column | Mend this value.'],
  ],
  [
    'the inside of the only list',
    z.union([text, z.array(text)]),
    ['a', 5],
    ['x[2] is 5, but must be text | Mend this value.'],
  ],
  [
    'deep inside a schema of itself',
    tree,
    { branch: [{ leaf: 'a' }, { leef: 'b' }] },
    ['x.branch[2] has no key leef | Did you mean leaf?'],
  ],
  ['an empty map of many kinds', tree, {}, ['x must have exactly one of leaf, branch | Mend this value.']],
  [
    'both of two kinds',
    tree,
    { leaf: 'a', branch: [] },
    ['x must have exactly one of leaf, branch | Mend this value.'],
  ],
  [
    'a default around a map',
    z.strictObject({ a: z.strictObject({ b: text }).default({ b: '' }) }),
    { a: { c: '' } },
    ['x.a lacks b | Add it: text.', 'x.a has no key c | Known here: b.'],
  ],
  [
    'what is changed after reading',
    z.union([text, z.int().transform(String)]).pipe(text),
    true,
    ['x is true, but must be text or a whole number | Mend this value.'],
  ],
  [
    'what a later step refuses',
    z
      .string()
      .transform((one) => one.length)
      .pipe(z.number().max(2)),
    'abc',
    ['x is "abc", but must be at most 2 | Mend this value.'],
  ],
  [
    'a long text',
    z.enum(['a']),
    'b'.repeat(100),
    [`x is "${'b'.repeat(59)}...", but must be a | Mend this value.`],
  ],
  [
    'a list that is too long',
    z.array(text).max(1),
    ['a', 'b'],
    ['x is a list, but must have at most 1 entry | Mend this value.'],
  ],
  ['a fraction', z.int(), 1.5, ['x is 1.5, but must be a whole number | Mend this value.']],
];

describe('config/explain-issue', () => {
  for (const [what, schema, value, said] of CASES) {
    it(`explains ${what}`, () => {
      expect(explained(schema, value)).to.deep.equal(said);
    });
  }
});
