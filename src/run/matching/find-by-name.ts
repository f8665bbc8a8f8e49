import { IS_ABOUT_OTHERS, roleOfColumn } from '../../compare/column-roles.ts';
import { AppError } from '../../errors/app-error.ts';
import { compileMapping, type MappingContext } from '../../mapping/compile-mapping.ts';
import type { Mapping } from '../../mapping/schema.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { ColumnReader } from '../../vocabulary/row.ts';

/** A file in which a name of `reconcile.match` is looked up. */
export interface PersonFile {
  mapping: Mapping;
  input: Pick<InputFile, 'file' | 'header'>;
  context: MappingContext;
  /** How the other file writes birth dates, for a file whose mapping does not say how its own are written. */
  otherDates: readonly string[];
}

/**
 * What a name means in a file. A birth date is that of the identity. Else it is the column of this very name, or the
 * target field of this name, with or without what stands before its dot; else the one column, or the one field, that is
 * called the same but for capitals and signs, or that means the same, as Last_Name and lname do. Undefined where
 * nothing does, or several do.
 */
export function findByName(name: string, file: PersonFile): ColumnReader | undefined {
  const { columns, find } = file.input.header;
  const wanted = name.trim();
  const column = (one: string | undefined) => (one === undefined ? undefined : find(one, USED_BY));
  const target = (one: string | undefined) => (one === undefined ? undefined : readTarget(one, file));
  const birthDate = file.mapping.identity.birth_date?.column;
  const role = roleOfColumn(wanted);
  if (role === 'birth_date' && birthDate !== undefined) return find(birthDate, USED_BY);
  const targets = ownTargets(file.mapping);
  const isCalled = (one: string) => fold(one) === fold(wanted) || fold(tailOf(one)) === fold(wanted);
  const meansTheSame = (one: string) =>
    role !== 'other' && roleOfColumn(one) === role && !IS_ABOUT_OTHERS.test(one);
  return (
    column(columns.find((one) => one === wanted)) ??
    target(targets.find((one) => one === wanted) ?? onlyOne(targets, (one) => tailOf(one) === wanted)) ??
    column(onlyOne(columns, isCalled)) ??
    target(onlyOne(targets, isCalled)) ??
    column(onlyOne(columns, meansTheSame)) ??
    target(onlyOne(targets, meansTheSame))
  );
}

/** @param what the name, and who needs it */
export function missingName(what: string, { input }: PersonFile): AppError {
  const sentence = `${input.file} has no column for ${what}. It has: ${input.header.columns.join(', ')}`;
  return new AppError('missing_column', sentence, {
    place: { file: input.file },
    hint: 'Name a column that both files have, or a target field that both mappings fill.',
  });
}

const USED_BY = 'reconcile.match';

function onlyOne(names: readonly string[], fits: (name: string) => boolean): string | undefined {
  const [first, ...more] = new Set(names.filter(fits));
  return more.length === 0 ? first : undefined;
}

/** Fields that are made of the row alone. */
function ownTargets({ fields }: Mapping): string[] {
  return Object.entries(fields).flatMap(([target, { type, from }]) =>
    type === 'do_not_map' || from !== undefined ? [] : [target],
  );
}

/** The mapped value; blank where the row cannot be mapped, which the mapping itself says. */
function readTarget(target: string, { mapping, context }: PersonFile): ColumnReader {
  const field = mapping.fields[target];
  const { map } = compileMapping(
    { fields: field ? { [target]: field } : {}, identity: mapping.identity },
    context,
  );
  return (values) => {
    const mapped = map(values);
    return Array.isArray(mapped) ? (mapped[0] ?? '') : '';
  };
}

function tailOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
