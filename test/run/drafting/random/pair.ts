/** A mapping and a file that have nothing in common with any other pair but chance: the same seed, the same pair. */
import iconv from 'iconv-lite';
import type { ConnectionSettings } from '../../../../src/config/config-schema.ts';
import type { CheckedMapping } from '../../../../src/config/load-mapping.ts';
import type { Identity } from '../../../../src/mapping/schema.ts';
import type { ByteFacts } from '../../../../src/parse/recognise-encoding.ts';
import type { ReadSettings } from '../../../../src/parse/schema.ts';
import { type Chance, openChance } from '../../../builders/chance.ts';
import { fieldOf, type RandomField } from './fields.ts';
import {
  eligibilityOf,
  fixedWrite,
  IDENTITY_VALUES,
  identityOf,
  readOf,
  TARGETS,
  writeOf,
} from './settings.ts';
import { openColumn } from './values.ts';

export interface RandomPair {
  mapping: CheckedMapping;
  eligibility: ConnectionSettings['eligibility'];
  file: RandomFile;
  waivers: { always: Set<string>; never: Set<string> };
  idsDecided: ReadonlySet<string>;
  /** The transformations of its fields. */
  steps: readonly string[];
}

export interface RandomFile {
  bytes: Buffer;
  /** What looking at its bytes would say. */
  facts: ByteFacts;
  /** By which the bytes come to the reader. */
  chunk: number;
}

/** Pairs that share the fields and settings they pick from. */
const GROUP = 50_000;
const FEWEST_FIELDS = 2;
const MORE_FIELDS = [0, 1, 1, 2, 2, 3, 6];

export function randomPair(seed: number): RandomPair {
  const chance = openChance(seed);
  const group = Math.floor(seed / GROUP);
  const count = chance.once(20) ? 1 : FEWEST_FIELDS + chance.one(MORE_FIELDS);
  const fields = TARGETS.slice(0, count).map((target) => [target, fieldOf(chance, group)] as const);
  const identity = identityOf(chance, group);
  const read = readOf(chance, group);
  const eligibility = eligibilityOf(chance, group, identity);
  const ids = () => new Set(chance.once(5) ? chance.some(3, () => chance.one(['1', '26', '30', '99'])) : []);
  return {
    mapping: {
      version: 1,
      record: chance.one(['students', 'students', 'students', 'contacts', 'staff']),
      read,
      write: chance.once(40)
        ? fixedWrite(
            chance,
            fields.map(([target]) => target),
          )
        : writeOf(chance, group),
      identity,
      fields: Object.fromEntries(fields.map(([target, { settings }]) => [target, settings])),
    },
    eligibility,
    file: fileOf(chance, columnsOf(fields, { identity }), read),
    waivers: { always: ids(), never: ids() },
    idsDecided: ids(),
    steps: fields.flatMap(([, { steps }]) => steps),
  };
}

/** Each with values that mean something in it. */
function columnsOf(
  fields: readonly (readonly [string, RandomField])[],
  { identity }: { identity: Identity },
): ReadonlyMap<string, readonly string[]> {
  const columns = new Map<string, string[]>();
  const add = (name: string, values: readonly string[]) =>
    columns.set(name, [...(columns.get(name) ?? []), ...values]);
  for (const [name, values] of Object.entries(IDENTITY_VALUES)) add(name, values);
  // Eligibility asks for it too.
  add('C0', []);
  for (const ref of [identity.previous_id, identity.grade]) if (typeof ref === 'string') add(ref, []);
  for (const [, field] of fields) for (const [name, values] of field.columns) add(name, values);
  return columns;
}

const MOST_ROWS = 16;

function fileOf(
  chance: Chance,
  columns: ReadonlyMap<string, readonly string[]>,
  read: ReadSettings,
): RandomFile {
  const cell = openCell(chance, read);
  const makers = [...columns].map(([, own]) => openColumn(chance, own));
  const rows = Array.from({ length: 2 + chance.below(MOST_ROWS) }, () => {
    const values = makers.map((make) => cell(make()));
    if (chance.once(30)) values.pop();
    else if (chance.once(40)) values.push('more');
    return values;
  });
  const end = chance.one(['\n', '\r\n', '\n', '\r']);
  const text = [[...columns.keys()].map(cell), ...rows].map((row) => row.join(read.delimiter) + end).join('');
  const encoding = read.encoding === 'auto' ? 'utf-8' : read.encoding;
  const addBOM = encoding.startsWith('utf') && chance.once(4);
  const bytes = iconv.encode(text, encoding, { addBOM });
  return {
    bytes,
    facts: {
      encoding,
      bomBytes: addBOM ? iconv.encode('\ufeff', encoding, { addBOM: false }).length : 0,
      suspect: encoding !== 'utf-8',
      hasNul: bytes.includes(0),
      sizeBytes: bytes.length,
      isPackable: true,
    },
    chunk: chance.once(3) ? 1 + chance.below(200) : 1 << 16,
  };
}

/** A value as it stands in the file. */
function openCell(
  chance: Chance,
  { delimiter, quote, escape: way }: ReadSettings,
): (value: string) => string {
  const isEscaped = way === 'backslash';
  const special = new RegExp(`[${quote}\\\\\\r\\n${delimiter === '\t' ? '\\t' : delimiter}]`, 'g');
  return (value) => {
    if (isEscaped) return value.replaceAll(special, '\\$&');
    const asks = value.includes(quote) || value.includes(delimiter) || /[\r\n]/.test(value);
    return asks || chance.once(12) ? quote + value.replaceAll(quote, quote + quote) + quote : value;
  };
}
