import { z } from 'zod';
import { isBlank } from '../../vocabulary/row.ts';
import { partsOf, whyBadBraces } from './braces.ts';
import { transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';
import { columnListSchema, refuse, textSchema } from './written-values.ts';

export const value = transformation({
  name: 'value',
  summary: 'Gives a constant, whatever the value was: what some products call value input.',
  options: textSchema,
  makesValue: true,
  readsBlanks: true,
  examples: [
    { options: 'US', value: '', gives: 'US' },
    { options: 1, value: 'x', gives: '1' },
  ],
  compile: (constant) => () => constant,
});

export const pick = transformation({
  name: 'pick',
  summary: 'Takes the first of several columns that is not blank. All of them must be in the file.',
  options: withShorthand(
    z.strictObject({ columns: columnListSchema.describe('The columns, in order.') }),
    'columns',
    columnListSchema,
  ),
  makesValue: true,
  readsBlanks: true,
  examples: [
    {
      options: ['Cell', 'Home_Phone'],
      row: { Cell: ' ', Home_Phone: '555-0100' },
      value: '',
      gives: '555-0100',
    },
    { options: ['Cell', 'Home_Phone'], row: { Cell: '', Home_Phone: '' }, value: '', gives: '' },
  ],
  compile({ columns }, { column }) {
    const readers = columns.map((ref) => column(ref));
    return (_value, values) => {
      for (const read of readers) {
        const found = read(values);
        if (!isBlank(found)) return found;
      }
      return '';
    };
  },
});

export const join = transformation({
  name: 'join',
  summary: 'Puts several columns together, leaving out those that are blank.',
  options: withShorthand(
    z.strictObject({
      columns: columnListSchema.describe('The columns, in order.'),
      with: textSchema.default(' ').describe('What is put between them; a space where it is left out.'),
    }),
    'columns',
    columnListSchema,
  ),
  makesValue: true,
  readsBlanks: true,
  examples: [
    {
      options: { columns: ['Street', 'Unit', 'City'], with: ', ' },
      row: { Street: '12 Main St', Unit: '', City: 'Riverside' },
      value: '',
      gives: '12 Main St, Riverside',
    },
    { options: ['First', 'Last'], row: { First: 'Maria', Last: 'Cruz' }, value: '', gives: 'Maria Cruz' },
  ],
  compile({ columns, with: between }, { column }) {
    const readers = columns.map((ref) => column(ref));
    return (_value, values) =>
      readers
        .map((read) => read(values))
        .filter((part) => !isBlank(part))
        .join(between);
  },
});

export const template = transformation({
  name: 'template',
  summary:
    'Fills columns into a text: each `{Column}` is replaced by what stands in that column. Where all of the columns are blank, so is the result. A brace that means itself is doubled.',
  options: z.string().min(1).superRefine(refuse(whyNotATemplate)),
  makesValue: true,
  readsBlanks: true,
  examples: [
    {
      options: '{Last_Name}, {First_Name}',
      row: { Last_Name: 'Cruz', First_Name: 'Maria' },
      value: '',
      gives: 'Cruz, Maria',
    },
    {
      options: '{Last_Name}, {First_Name}',
      row: { Last_Name: 'Cruz', First_Name: '' },
      value: '',
      gives: 'Cruz, ',
    },
    { options: '{Last_Name}, {First_Name}', row: { Last_Name: '', First_Name: '' }, value: '', gives: '' },
    { options: '{{{ID}}}', row: { ID: '7' }, value: '', gives: '{7}' },
  ],
  compile(text, { column }) {
    const parts = partsOf(text).map((part) => ('column' in part ? column(part.column) : part.text));
    return (_value, values) => {
      let filled = '';
      let blank = true;
      for (const part of parts) {
        const piece = typeof part === 'string' ? part : part(values);
        if (typeof part !== 'string' && blank) blank = isBlank(piece);
        filled += piece;
      }
      return blank ? '' : filled;
    };
  },
});

function whyNotATemplate(text: string): string | undefined {
  const fault = whyBadBraces(text);
  if (fault !== undefined || partsOf(text).some((part) => 'column' in part)) return fault;
  return 'names no column in braces; a constant is written as value';
}
