import { AppError } from '../errors/app-error.ts';
import type { Pivot } from '../time/read-date.ts';
import type { ColumnFinder, ColumnReader, ColumnRef } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { compileChecks } from './field-checks.ts';
import { compileMatchCodes } from './match-codes.ts';
import { type FieldSettings, type Identity, isCodeFile } from './schema.ts';
import { compileSteps } from './transforms/compile-steps.ts';
import type { Flaw } from './transforms/transform.ts';

/** Codes that stand in files, read by config: target field -> code -> value. */
export type CodeTables = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface FieldContext {
  find: ColumnFinder;
  day: RunDay;
  birthDate: Identity['birth_date'];
  codeTables: CodeTables;
}

export type MappedField = Exclude<FieldSettings, { type: 'do_not_map' }>;

export interface CompiledField {
  target: string;
  type: MappedField['type'];
  map: (values: readonly string[]) => string | Flaw;
  /** What the field was made of, for findings and preview: its column, or all that its steps look at. */
  source: ColumnReader;
}

/** One target field as a function of a row. Throws `config_invalid` where the field cannot mean anything. */
export function compileField(target: string, field: MappedField, context: FieldContext): CompiledField {
  const readers: ColumnReader[] = [];
  const column = (ref: ColumnRef): ColumnReader => {
    const reader = context.find(ref, `fields.${target}`);
    readers.push(reader);
    return reader;
  };
  const read = field.column === undefined ? undefined : column(field.column);
  const made = compileType(target, field, { ...context, read: read ?? (() => ''), column });
  const check = compileChecks(field);
  return { target, type: field.type, map: withCheck(made, check), source: read ?? joined(readers) };
}

type Mapper = CompiledField['map'];
type FieldParts = FieldContext & { read: ColumnReader; column: (ref: ColumnRef) => ColumnReader };

function compileType(target: string, field: MappedField, parts: FieldParts): Mapper {
  const { read } = parts;
  if (field.type === 'direct') return read;
  if (field.type === 'match_codes') {
    const match = compileMatchCodes(codesOf(target, field.codes, parts.codeTables), {
      field: target,
      ...field,
    });
    return (values) => match(read(values));
  }
  const { column, day } = parts;
  const steps = compileSteps(field.apply, { column, field: target, day, ...pivotOf(field.column, parts) });
  return (values) => steps(read(values), values);
}

function codesOf(
  target: string,
  codes: Extract<MappedField, { type: 'match_codes' }>['codes'],
  tables: CodeTables,
): [string, string][] {
  if (!isCodeFile(codes)) return Object.entries(codes);
  const table = tables.get(target);
  if (!table) throw new AppError('defect', `The codes of ${target} were not read from ${codes.file}`);
  return [...table];
}

/** A field that reads the birth date completes its years as the identity does: else the two would disagree. */
function pivotOf(column: ColumnRef | undefined, { birthDate, day }: FieldContext): { pivot?: Pivot } {
  if (column === undefined || birthDate === undefined) return {};
  const names = namesOf(birthDate.column);
  if (!namesOf(column).some((name) => names.includes(name))) return {};
  return { pivot: birthDate.pivot ?? { notAfter: day.date } };
}

function namesOf(ref: ColumnRef): readonly string[] {
  return (typeof ref === 'string' ? [ref] : ref).map((name) => name.trim());
}

function withCheck(made: Mapper, check: ReturnType<typeof compileChecks>): Mapper {
  if (!check) return made;
  return (values) => {
    const value = made(values);
    return typeof value === 'string' ? check(value) : value;
  };
}

function joined(readers: readonly ColumnReader[]): ColumnReader {
  return (values) => readers.map((read) => read(values)).join(' | ');
}
