import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { type ColumnReader, isBlank } from '../../vocabulary/row.ts';
import { partsOf, whyBadBraces } from './braces.ts';
import { type StepContext, transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';
import { refuse, textSchema } from './written-values.ts';

const nameSchema = z.string().min(1).superRefine(refuse(whyBadBraces));
const namesSchema = z.array(nameSchema).min(1);

const names = [
  'All District Students',
  'All District {category} Students',
  '{School}: All Students',
  '{School}: All {category}',
];
const labels = { pre_enrolled: 'Pre-Enrolled', enrolled: 'Enrolled' };

export const groups = transformation({
  name: 'groups',
  summary:
    'Lists the groups that a student belongs to, in the district and in the school. Each name may have columns in braces, and `{category}`, the category of the student as `eligibility.categories` tells it. A name of which a column is blank, or for which there is no category, is left out; a name that comes twice stands once.',
  options: withShorthand(
    z.strictObject({
      names: namesSchema.describe('The names of the groups, in order.'),
      labels: z
        .record(z.string(), textSchema)
        .default({})
        .describe('What each category is called in the names; its own name where it is not listed.'),
      with: textSchema.default(';').describe('What is put between two names.'),
    }),
    'names',
    namesSchema,
  ),
  makesValue: true,
  readsBlanks: true,
  examples: [
    {
      options: { names, labels, with: ', ' },
      row: { School: 'North' },
      category: 'pre_enrolled',
      value: '',
      gives:
        'All District Students, All District Pre-Enrolled Students, North: All Students, North: All Pre-Enrolled',
    },
    {
      options: { names },
      row: { School: '' },
      category: 'enrolled',
      value: '',
      gives: 'All District Students;All District enrolled Students',
    },
    { options: ['All', '{category}'], value: '', gives: 'All', note: 'a student of no category' },
  ],
  compile({ names: written, labels: called, with: between }, context) {
    const makers = written.map((name) => compileName(name, called, context));
    return (_value, values) => {
      const found = new Set<string>();
      for (const make of makers) {
        const name = make(values);
        if (name !== undefined) found.add(name);
      }
      return [...found].join(between);
    };
  },
});

const CATEGORY = 'category';

function compileName(
  text: string,
  labels: Readonly<Record<string, string>>,
  context: StepContext,
): (values: readonly string[]) => string | undefined {
  const parts = partsOf(text).map((part) => {
    if (!('column' in part)) return part.text;
    return part.column === CATEGORY ? compileCategory(labels, context) : context.column(part.column);
  });
  return (values) => {
    let name = '';
    for (const part of parts) {
      const piece = typeof part === 'string' ? part : part(values);
      if (typeof part !== 'string' && isBlank(piece)) return undefined;
      name += piece;
    }
    return name;
  };
}

function compileCategory(
  labels: Readonly<Record<string, string>>,
  { category, field }: StepContext,
): ColumnReader {
  if (!category)
    throw new AppError('config_invalid', `fields.${field} names {category}, and nothing tells the category`, {
      hint: 'Write eligibility.categories in the connection; a field with `from` has no category.',
    });
  const known = new Map(Object.entries(labels));
  return (values) => {
    const name = category(values) ?? '';
    return known.get(name) ?? name;
  };
}
