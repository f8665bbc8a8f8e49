import { z } from 'zod';
import { compileMatchCodes } from '../match-codes.ts';
import { type StepSettings, transformation } from './transform.ts';
import { otherwiseSchema } from './written-values.ts';

const options = z.strictObject({
  file: z.string().min(1).describe('A CSV with a header, relative to the mapping.'),
  key: z.string().min(1).describe('Its column in which the value is looked for.'),
  value: z.string().min(1).describe('Its column with what is taken in its place.'),
  otherwise: otherwiseSchema
    .default('reject')
    .describe(
      'What becomes of a value that the file lacks: `reject`, `blank`, `keep`, or `{ value: X }`, as of match codes.',
    ),
  ignore_case: z.boolean().default(false).describe('Upper and lower case are taken as equal.'),
});
export type LookupOptions = z.output<typeof options>;

export function isLookup(step: StepSettings): step is { name: 'lookup'; options: LookupOptions } {
  return step.name === lookup.name;
}

const schools = { file: 'codes/schools.csv', key: 'code', value: 'name' };
const table = { '410': 'North Elementary', '420': 'South High' };

export const lookup = transformation({
  name: 'lookup',
  summary:
    'Looks the value up in a file and takes what stands beside it, white space around both being no part of them. The file is read when the mapping is loaded; a key that stands twice with different values is a mistake.',
  options,
  examples: [
    { options: schools, table, value: '410', gives: 'North Elementary' },
    { options: schools, table, value: '430', flaw: 'unknown_code' },
    { options: { ...schools, otherwise: 'keep' }, table, value: '430', gives: '430' },
    { options: { ...schools, otherwise: { value: 'Other' } }, table, value: '430', gives: 'Other' },
    { options: schools, table, value: ' ', gives: '', note: 'a blank stays a blank' },
  ],
  compile({ file, key, value, ignore_case, otherwise }, { field, table: tableOf }) {
    const rows = tableOf({ file, key, value });
    const unknown = `The value is not in ${file}.`;
    const find = compileMatchCodes([...rows], { field, ignore_case, otherwise, unknown });
    return (written) => find(written);
  },
});
