/** The columns that a mapping names, each with values that mean something to it. */

import type { CheckedMapping } from '../../../../src/config/load-mapping.ts';
import { compileMapping } from '../../../../src/mapping/compile-mapping.ts';
import { TRANSFORMATIONS } from '../../../../src/mapping/transforms/all.ts';
import { compileDateWriter } from '../../../../src/time/write-date.ts';
import { type ColumnFinder, type ColumnRef, NO_COLUMN } from '../../../../src/vocabulary/row.ts';
import { A_DAY, hashWithExample } from '../../../mapping/a-mapping.ts';

const DAYS = ['2015-03-09', '2014-12-31', '2026-08-18'];
const USUAL = ['Lee', 'Cruz', 'Núñez', 'O’Brien', '410', '5', '00417', ''];

export function sampleColumns(mapping: CheckedMapping): ReadonlyMap<string, readonly string[]> {
  const columns = new Map<string, string[]>();
  const add = (ref: ColumnRef | undefined, values: readonly string[]) => {
    const [name] = [ref ?? []].flat();
    if (name !== undefined) columns.set(name, [...(columns.get(name) ?? []), ...values]);
  };
  const { birth_date, ...others } = mapping.identity;
  add(birth_date?.column, datesIn([birth_date?.format ?? []].flat()));
  for (const ref of [others.id, others.status, others.school, others.grade, others.previous_id])
    add(ref, USUAL);
  for (const field of Object.values(mapping.fields)) add(field.column, valuesFor(field));
  const find: ColumnFinder = (ref) => {
    const isKnown = [ref].flat().some((name) => columns.has(name));
    if (!isKnown) add(ref, USUAL);
    return NO_COLUMN;
  };
  const joined = () => ({ find: () => NO_COLUMN });
  const context = { day: A_DAY, keyedHash: hashWithExample, temporaryId: () => '', category: () => '' };
  compileMapping(mapping, { find, joined, ...context });
  return columns;
}

function datesIn(formats: readonly string[]): string[] {
  return formats.flatMap((format) => DAYS.map(compileDateWriter(format)));
}

function valuesFor(field: CheckedMapping['fields'][string]): string[] {
  if (field.type === 'match_codes') return [...Object.keys(field.codes), ...Object.keys(field.codes), ''];
  if (field.type !== 'transformation') return USUAL;
  const values = field.apply.flatMap(({ name, options }) => {
    if (typeof options === 'object' && options !== null && 'from' in options && name === 'date')
      return datesIn([options.from].flat().map(String));
    const { examples = [], makesValue } = TRANSFORMATIONS.find((one) => one.name === name) ?? {};
    return makesValue ? [] : examples.filter(({ flaw }) => flaw === undefined).map(({ value }) => value);
  });
  return values.length > 0 ? values : USUAL;
}
