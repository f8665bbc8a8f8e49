import { roleOfColumn } from '../../compare/column-roles.ts';
import type { Person } from '../../compare/prepare-person.ts';
import { type AppError, throwAll } from '../../errors/app-error.ts';
import { compileDateReader } from '../../time/read-date.ts';
import type { ColumnReader } from '../../vocabulary/row.ts';
import { findByName, missingName, type PersonFile } from '../matching/find-by-name.ts';

/** By which people are told apart: names of columns or target fields, as `reconcile.match` has them. */
export interface PersonNames {
  identify: readonly string[];
  suggest: readonly string[];
}

export type PersonReader = (id: string, values: readonly string[]) => Person;

/** The names of `suggest` that are neither first name, last name nor birth date, in their order. */
export function otherNames({ suggest }: PersonNames): string[] {
  const main = Object.values(mainNames(suggest));
  return suggest.filter((name) => !main.includes(name));
}

/** Reads a person from a row of one of the two files. Throws missing_column for each name that the file has in no way. */
export function compilePersonReader(names: PersonNames, file: PersonFile): PersonReader {
  const missing: AppError[] = [];
  const reader = (key: keyof PersonNames) => (name: string | undefined) => {
    const read = name === undefined ? NOTHING : findByName(name, file);
    if (!read) missing.push(missingName(`${name}, which reconcile.match.${key} needs`, file));
    return read ?? NOTHING;
  };
  const { last, first, birth } = mainNames(names.suggest);
  const identify = names.identify.map(reader('identify'));
  const [lastName, firstName, birthText] = [last, first, birth].map(reader('suggest'));
  const birthDate = asDate(birthText ?? NOTHING, file);
  const others = otherNames(names).map(reader('suggest'));
  throwAll(missing);
  return (id, values) => ({
    id,
    identify: identify.map((read) => read(values)),
    lastName: lastName?.(values) ?? '',
    firstName: firstName?.(values) ?? '',
    birthDate: birthDate(values),
    others: others.map((read) => read(values)),
  });
}

const NOTHING: ColumnReader = () => '';

/** Where two names mean the same, the first one does, and the other is one more thing that may be equal. */
function mainNames(suggest: readonly string[]) {
  const named = (role: string) => suggest.find((name) => roleOfColumn(name) === role);
  return { last: named('last_name'), first: named('first_name'), birth: named('birth_date') };
}

const USUAL_DATES = ['yyyy-MM-dd', 'M/d/yyyy'];

/** Blank where it is no date: somebody without a birth date is compared by the names. */
function asDate(read: ColumnReader, { mapping, context, otherDates }: PersonFile): ColumnReader {
  const own = mapping.identity.birth_date;
  const formats = [...[own?.format ?? []].flat(), ...otherDates, ...USUAL_DATES];
  const pivot = own?.pivot ?? { notAfter: context.day.date };
  const toDate = compileDateReader([...new Set(formats)], { pivot });
  return (values) => toDate(read(values)) ?? '';
}
