import type { ByteForm } from '../bytewise/plain-bytes.ts';
import { AppError } from '../errors/app-error.ts';
import type { Pivot } from '../time/read-date.ts';
import { type ColumnFinder, type ColumnReader, type ColumnRef, NO_COLUMN } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { compileChecks } from './field-checks.ts';
import { type FieldSettings, isCodeFile } from './fields/schema.ts';
import { compileMatchCodes, lookupTableName } from './match-codes.ts';
import type { Identity } from './schema.ts';
import { byteFormsOf, compileSteps } from './transforms/compile-steps.ts';
import type {
  CategoryReader,
  Flaw,
  KeyedHash,
  StepContext,
  TemporaryIdSource,
} from './transforms/transform.ts';

/** What stands in files beside the mapping, read by config: target field, or `lookupTableName` -> code -> value. */
export type CodeTables = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface FieldContext {
  find: ColumnFinder;
  day: RunDay;
  birthDate: Identity['birth_date'];
  codeTables: CodeTables;
  keyedHash?: KeyedHash | undefined;
  temporaryId?: TemporaryIdSource | undefined;
  category?: CategoryReader | undefined;
}

export type MappedField = Exclude<FieldSettings, { type: 'do_not_map' }>;

/** The rows of other files that belong to one record, in their order, by the name that `from` uses. */
export type JoinedRows = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface CompiledField {
  target: string;
  type: MappedField['type'];
  /** The file has none of its columns: what it makes is no value of the source, and clears nothing. */
  isAbsent: boolean;
  map: (values: readonly string[], joined?: JoinedRows) => string | Flaw;
  /** Columns of the row that its value is made of, each once; undefined where it looks at more than them. */
  columns: readonly number[] | undefined;
  /** All that becomes of the value of its one column, where its steps and checks do no more than this to a filled one. */
  forms: readonly ByteForm[] | undefined;
  /** What the field was made of, for findings and preview: its column, or all that its steps look at. */
  source: (values: readonly string[], joined?: JoinedRows) => string;
}

/** One target field as a function of a row. Throws `config_invalid` where the field cannot mean anything. */
export function compileField(
  target: string,
  field: MappedField,
  context: FieldContext,
): CompiledField & { map: Mapper; source: ColumnReader } {
  const readers: ColumnReader[] = [];
  const column = (ref: ColumnRef): ColumnReader => {
    const reader = context.find(ref, `fields.${target}`, { optional: field.optional });
    readers.push(reader);
    return reader;
  };
  const read = field.column === undefined ? undefined : column(field.column);
  let looksBeyond = false;
  const onLookBeyond = () => {
    looksBeyond = true;
  };
  const made = compileType(target, field, { ...context, read: read ?? (() => ''), column, onLookBeyond });
  const check = compileChecks(field);
  const isAbsent = readers.length > 0 && readers.every((reader) => reader === NO_COLUMN);
  return {
    target,
    type: field.type,
    isAbsent,
    columns: looksBeyond ? undefined : columnsOf(readers),
    forms: formsOf(field),
    map: withCheck(made, check),
    source: read ?? allOf(readers),
  };
}

function columnsOf(readers: readonly ColumnReader[]): readonly number[] {
  return [...new Set(readers.flatMap(({ at }) => at ?? []))];
}

function formsOf(field: MappedField): readonly ByteForm[] | undefined {
  if (field.max_length !== undefined || field.pattern !== undefined) return undefined;
  if (field.type === 'direct') return [];
  return field.type === 'transformation' ? byteFormsOf(field.apply) : undefined;
}

type Mapper = (values: readonly string[]) => string | Flaw;
type FieldParts = FieldContext & {
  read: ColumnReader;
  column: (ref: ColumnRef) => ColumnReader;
  /** Told that a step asks for what no column of the field has. */
  onLookBeyond: () => void;
};

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
  const steps = compileSteps(field.apply, stepContext(target, field.column, parts));
  return (values) => steps(read(values), values);
}

function stepContext(target: string, ref: ColumnRef | undefined, parts: FieldParts): StepContext {
  const { column, day, codeTables, keyedHash } = parts;
  return {
    column,
    field: target,
    day,
    table: (file) => tableOf(lookupTableName(file), file.file, codeTables),
    ...(keyedHash && { keyedHash }),
    ...pivotOf(ref, parts),
    get temporaryId() {
      parts.onLookBeyond();
      return parts.temporaryId;
    },
    get category() {
      parts.onLookBeyond();
      return parts.category;
    },
  };
}

function codesOf(
  target: string,
  codes: Extract<MappedField, { type: 'match_codes' }>['codes'],
  tables: CodeTables,
): [string, string][] {
  return isCodeFile(codes) ? [...tableOf(target, codes.file, tables)] : Object.entries(codes);
}

function tableOf(name: string, file: string, tables: CodeTables): ReadonlyMap<string, string> {
  const table = tables.get(name);
  if (!table) throw new AppError('defect', `The file ${file} that the mapping names was not read`);
  return table;
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

function allOf(readers: readonly ColumnReader[]): ColumnReader {
  return (values) => readers.map((read) => read(values)).join(' | ');
}
