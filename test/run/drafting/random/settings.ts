/** How files are written and read, who is carried, and which columns say who it is. */
import { type EligibilitySettings, eligibilitySchema } from '../../../../src/eligibility/schema.ts';
import { whyIncomplete } from '../../../../src/eligibility/why-incomplete.ts';
import type { Identity } from '../../../../src/mapping/schema.ts';
import { type ReadSettings, readSchema } from '../../../../src/parse/schema.ts';
import { type WriteSettings, writeSchema } from '../../../../src/render/schema.ts';
import { whyUnwritable } from '../../../../src/render/why-unwritable.ts';
import type { Chance } from '../../../builders/chance.ts';
import { openKinds } from './kinds.ts';

const DELIMITERS = [',', ',', ',', ',', 'tab', ';', '|', '^', '§', '–', '~', ' ', "'", '\u0001', '-', '='];
const ENCODINGS = [
  'utf-8',
  'utf-8',
  'utf-8',
  'utf-8',
  'UTF8',
  'windows-1252',
  'windows-1252',
  'utf-16le',
  'ascii',
  'shift_jis',
];

function written(chance: Chance): WriteSettings | undefined {
  const parsed = writeSchema.safeParse({
    file: 'out.csv',
    delimiter: chance.one(DELIMITERS),
    quote: chance.one(['as_needed', 'as_needed', 'as_needed', 'spaces', 'always', 'never']),
    quote_char: chance.one(['double', 'double', 'single']),
    escape: chance.one(['double', 'double', 'backslash']),
    line_ending: chance.one(['lf', 'crlf', 'cr']),
    encoding: chance.one(ENCODINGS),
    missing_characters: chance.one(['reject', 'transliterate', 'replace']),
    null: chance.once(15) ? chance.one(['NULL', '-', 'a,b']) : '',
    header: chance.one([true, false, 'lower', 'upper', { f0: 'other' }]),
    formulas: chance.one(['keep', 'keep', 'escape', 'reject']),
  });
  return parsed.success && whyUnwritable(parsed.data, { all: TARGETS, targets: TARGETS }).length === 0
    ? parsed.data
    : undefined;
}

/** The names of the fields of a mapping, as far as it has so many. */
export const TARGETS = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7'];
const PLAIN = writeSchema.parse({ file: 'out.csv' });

export const writeOf = openKinds((chance) => written(chance) ?? PLAIN);

/** Each field at a place of its own. */
export function fixedWrite(chance: Chance, targets: readonly string[]): WriteSettings {
  const fixed_width = targets.map((field) => [field, chance.one([3, 12, 40])]);
  return writeSchema.parse({ file: 'out.txt', fixed_width });
}

export const readOf = openKinds((chance): ReadSettings => {
  const delimiter = chance.one([',', ',', ',', 'tab', ';', '|', '||']);
  return readSchema.parse({
    delimiter,
    encoding: chance.one(['auto', 'utf-8', 'utf-8', 'windows-1252', 'utf-16le']),
    quote: chance.one(['double', 'double', 'double', 'single']),
    escape: chance.once(15) ? 'backslash' : 'double',
    null: chance.once(10) ? ['NULL', '-'] : [],
  });
});

export const identityOf = openKinds((chance): Identity => {
  const format = chance.one(['M/d/yyyy', ['M/d/yyyy', 'yyyy-MM-dd'], 'M/d/yy']);
  return {
    id: chance.one(['ID', 'ID', ['Nowhere', 'ID'], 'School']),
    ...(chance.once(2) && { status: 'Status' }),
    ...(chance.once(2) && { birth_date: { column: 'DOB', format, ...(chance.once(4) && { pivot: 30 }) } }),
    ...(!chance.once(3) && { school: chance.one(['School', ['Nowhere', 'School'], 'Grade']) }),
    ...(!chance.once(3) && { grade: chance.one(['Grade', 'School', 'C0']) }),
    ...(chance.once(3) && { previous_id: chance.one(['Previous', 'C1', 'ID']) }),
  } as Identity;
});

/** What the columns of the identity may hold, so that many are carried and some are not. */
export const IDENTITY_VALUES: Readonly<Record<string, readonly string[]>> = {
  ID: [
    '1',
    '2',
    '3',
    '42',
    ' 42',
    '4711',
    '26 ',
    '\u00a030\u00a0',
    '99',
    'É-5',
    'a'.repeat(201),
    'b'.repeat(64),
    '',
    ' ',
  ],
  Previous: ['', '', '7', ' 8 ', 'é', 'c'.repeat(250)],
  Status: ['A', 'A', 'A', 'a', 'I', ' A ', '\u00a0A', 'G', '', 'X'],
  School: ['410', '410', '420', ' 420 ', '\u3000410', 'Übungsschule', ''],
  Grade: ['5', '11', 'K', ' 5', '', 'd'.repeat(210)],
  DOB: ['3/9/2015', '5/1/2014', '2012-02-29', '12/31/14', '3/9/1980', '', '13/40/2015'],
};

const AGES = [
  { min: 5, max: 21, as_of: '09-01' },
  { min: 0, max: 120 },
  { min: 3, max: 12, as_of: 'today', turning: 'excluded', until: 'birthday' },
  {
    bands: [
      { where: { column: 'Grade', in: ['K', '5'] }, min: 4, max: 12 },
      { min: 10, max: 25 },
    ],
  },
  { state: 'TX' },
];
const CATEGORIES = {
  little: { column: 'Grade', in: ['K', 'PK'] },
  dated: { column: 'DOB', after: '2013-01-01' },
  odd: {
    any: [
      { column: 'C0', empty: true },
      { column: 'Grade', matches: '[0-9]+' },
    ],
  },
};

function eligible(chance: Chance): EligibilitySettings {
  const ofSchools = {
    '410': [chance.one(['little', 'dated'])],
    default: ['little', 'dated', 'odd'],
    Übungsschule: [],
  };
  return eligibilitySchema.parse({
    policy: chance.one([
      'active_or_age_eligible',
      'active_only',
      'active_and_age_eligible',
      'everyone',
      'everyone',
      'everyone',
      'everyone',
    ]),
    ...(!chance.once(4) && {
      statuses: {
        active: chance.one([['A'], ['A', ''], ['a', 'X']]),
        inactive: ['I', 'G'],
        unknown: chance.one(['reject', 'inactive']),
        ignore_case: chance.once(2),
      },
    }),
    ...(!chance.once(4) && { age: chance.one(AGES) }),
    ...(chance.once(3) && { categories: CATEGORIES, ...(chance.once(2) && { schools: ofSchools }) }),
  });
}

const EVERYONE = eligibilitySchema.parse({ policy: 'everyone' });
const eligibilities = openKinds(eligible);

/** Who is carried, as far as the identity can say. */
export function eligibilityOf(chance: Chance, group: number, identity: Identity): EligibilitySettings {
  const settings = eligibilities(chance, group);
  const { status, birth_date, school } = identity;
  const named = {
    status: status !== undefined,
    birthDate: birth_date !== undefined,
    school: school !== undefined,
  };
  return whyIncomplete(settings, named).length === 0 ? settings : EVERYONE;
}
