/** Fields of every type, over columns of a few names. */
import { fieldSchema } from '../../../../src/mapping/fields/schema.ts';
import { lookupTableName } from '../../../../src/mapping/match-codes.ts';
import type { Mapping } from '../../../../src/mapping/schema.ts';
import { TRANSFORMATIONS } from '../../../../src/mapping/transforms/all.ts';
import type { Example } from '../../../../src/mapping/transforms/transform.ts';
import type { Chance } from '../../../builders/chance.ts';
import { openKinds } from './kinds.ts';
import { MORE_STEPS } from './more-steps.ts';

type Field = Mapping['fields'][string];

export interface RandomField {
  settings: Field;
  /** The columns that the file must have for it, with values that mean something to it. */
  columns: ReadonlyMap<string, readonly string[]>;
  /** The transformations among its steps. */
  steps: readonly string[];
}

interface StepExample extends Pick<Example, 'options' | 'row' | 'value'> {
  name: string;
}

const EXAMPLES: ReadonlyMap<string, readonly StepExample[]> = new Map(
  TRANSFORMATIONS.map(({ name, examples }) => [
    name,
    [...examples.map((one) => ({ ...one, name })), ...MORE_STEPS.filter((one) => one.name === name)],
  ]),
);
const NAMES = [...EXAMPLES.keys()];
/** What asks for more than the row, so that its whole file goes through the ordinary forms. */
const BEYOND = new Set(['temporary_id', 'groups', 'today']);
/** What a field may begin with that has no column. */
const MAKE_VALUES = new Set(TRANSFORMATIONS.filter((one) => one.makesValue).map(({ name }) => name));
/** What changes little, and is often written alone. */
const FREQUENT = ['trim', 'upper', 'lower', 'trim', 'squish'];

export const CODE_TABLES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  TRANSFORMATIONS.flatMap(({ examples }) =>
    examples.flatMap(({ options, table }) =>
      table && isTable(options) ? [[lookupTableName(options), new Map(Object.entries(table))] as const] : [],
    ),
  ),
);

function isTable(options: unknown): options is { file: string; key: string; value: string } {
  return typeof options === 'object' && options !== null && 'file' in options;
}

const FIELDS = 4000;

export const fieldOf = openKinds(makeField, FIELDS);

const PLAIN_COLUMNS = Array.from({ length: 16 }, (_, at) => `C${at}`);
const COLUMNS = [...PLAIN_COLUMNS, 'ID', 'School', 'Grade', 'DOB', 'Status'];
const TRIES = 20;

function makeField(chance: Chance): RandomField {
  for (let tries = 0; tries < TRIES; tries++) {
    const name = chance.one(COLUMNS);
    const columns = new Map<string, string[]>([[name, []]]);
    const made = writtenField(chance, { name, columns });
    const parsed = fieldSchema.safeParse({ ...made.written, ...checks(chance) });
    if (!parsed.success) continue;
    if (parsed.data.optional && chance.once(2)) for (const column of PLAIN_COLUMNS) columns.delete(column);
    return { settings: parsed.data, columns, steps: made.steps };
  }
  throw new Error('No field of many tries was a valid one');
}

function columnRef(chance: Chance, name: string): string | string[] {
  return chance.once(6) ? ['Nowhere', name, 'Nor here'] : name;
}

function writtenField(
  chance: Chance,
  { name, columns }: { name: string; columns: Map<string, string[]> },
): { written: object; steps: readonly string[] } {
  const column = columnRef(chance, name);
  const kind = chance.below(10);
  if (kind < 3) return { written: { type: 'direct', column }, steps: [] };
  if (kind < 5) {
    columns.get(name)?.push(...CODES);
    return { written: { type: 'match_codes', column, ...codes(chance) }, steps: [] };
  }
  const apply = Array.from({ length: chance.one([1, 1, 1, 2, 2, 3]) }, () => pickStep(chance));
  const needsNone = MAKE_VALUES.has(apply[0]?.name ?? '') && chance.once(2);
  if (needsNone) columns.delete(name);
  for (const { value, row = {} } of apply) {
    columns.get(name)?.push(value);
    for (const [other, text] of Object.entries(row))
      columns.set(other, [...(columns.get(other) ?? []), text]);
  }
  const steps = apply.map((one) => (one.options === undefined ? one.name : { [one.name]: one.options }));
  return {
    written: { type: 'transformation', ...(!needsNone && { column }), apply: steps },
    steps: apply.map((one) => one.name),
  };
}

function pickStep(chance: Chance): StepExample {
  const name = chance.once(4) ? chance.one(FREQUENT) : chance.one(NAMES);
  const isRare = BEYOND.has(name) && !chance.once(8);
  return chance.one(EXAMPLES.get(isRare ? 'trim' : name) ?? []);
}

/** No two of them are the same but for their case. */
const CODES = ['M', 'f', '', 'É', 'straße', '410', '=x', ' A ', 'a"b', '5', 'Y', 'no', 'Lee'];
const SENT = ['Male', '', 'é', '=1', ' x ', 'a,b', '"', '-', '李', 'line\nend'];

function codes(chance: Chance): object {
  const known = CODES.filter(() => chance.once(2));
  return {
    codes: Object.fromEntries([...known, 'K'].map((code) => [code, chance.one(SENT)])),
    ignore_case: chance.once(2),
    otherwise: chance.one(['reject', 'blank', 'keep', 'keep', { value: 'Other' }, { value: '' }]),
  };
}

const PATTERNS = ['.*', '[ -~]*', '[\\p{L} ]+', '\\d*', '[^=]*'];
const DEFAULTS = ['none', '', ' ', '=1', 'é', '0', '\u00a0'];

function checks(chance: Chance): object {
  return {
    ...(chance.once(5) && { required: true }),
    ...(chance.once(6) && { overwrite: true }),
    ...(chance.once(8) && { optional: true }),
    ...(chance.once(10) && { max_length: chance.one([1, 3, 10, 66]) }),
    ...(chance.once(10) && { pattern: chance.one(PATTERNS) }),
    ...(chance.once(5) && { default: chance.one(DEFAULTS) }),
    ...(chance.once(6) && { unique: true }),
  };
}
