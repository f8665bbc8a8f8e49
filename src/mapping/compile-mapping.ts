/**
 * Mapping: a row of the source becomes a record of the target.
 *
 * in:       a checked mapping, the columns of a file, the day of the run; then row after row
 * out:      the values of the target fields in file order, or every finding of the row
 * promises: the same row and day give the same record; a direct field is carried untouched
 * never:    throws for a row, reads a clock or a file, puts a value into a message
 */
import { AppError, AppErrors, throwAll } from '../errors/app-error.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { ColumnFinder } from '../vocabulary/row.ts';
import type { RunDay } from '../vocabulary/run.ts';
import {
  type CodeTables,
  type CompiledField,
  compileField,
  type FieldContext,
  type JoinedRows,
  type MappedField,
} from './compile-field.ts';
import { compileJoinedField, type JoinedFiles } from './compile-joined.ts';
import type { OnDifference } from './fields/schema.ts';
import type { Mapping } from './schema.ts';
import type { CategoryReader, Flaw, KeyedHash, TemporaryIdSource } from './transforms/transform.ts';

export interface MappingContext {
  /** Settles where each column stands; what the file lacks is reported by whoever made it. */
  find: ColumnFinder;
  day: RunDay;
  /** For each target field whose codes stand in a file, and for each lookup: code -> value. */
  codeTables?: CodeTables;
  /** For fields with `from`: the files, and the groups of `repeats`, whose rows are handed in with each record. */
  joined?: JoinedFiles;
  /** For `hash`: the secrets of the mapping, resolved when the run was opened. */
  keyedHash?: KeyedHash;
  /** For `temporary_id`: asks the ledger. */
  temporaryId?: TemporaryIdSource;
  /** For `groups`: asks eligibility. */
  category?: CategoryReader;
}

/** A row that cannot be carried, with all that is wrong with it. */
export interface Rejected {
  findings: Finding[];
}

/** What `preview` shows of one field. */
export interface FieldPreview {
  target: string;
  type: MappedField['type'];
  /** The source value as it stood; of a field made of several columns all of them, with a bar between. */
  source: string;
  mapped: string | Finding;
}

export interface CompiledMapping {
  /** The target fields in file order, without those that are not mapped. */
  targets: readonly string[];
  /** For each of `targets`: what it is made of, and how. */
  fields: readonly Pick<CompiledField, 'columns' | 'forms' | 'map'>[];
  /** Positions among `targets` of the fields that must be unique over the file; blanks are not compared. */
  uniqueTargets: readonly number[];
  /** For each of `targets`: a blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** For each of `targets`: the file has none of its columns, because they may be missing. */
  absent: readonly boolean[];
  /** For each of `targets`: whose value wins where the other side has one too. */
  onDifference: readonly OnDifference[];
  /** What `from` names, each once: files of the connection, and groups of `repeats`; mostly none. */
  joinedFiles: readonly string[];
  /**
   * One value a target, or every finding of the row.
   * @param joined for each of `joinedFiles` the rows that belong to the record; none where it is left out
   */
  map(values: readonly string[], joined?: JoinedRows): string[] | Rejected;
  explain(values: readonly string[], joined?: JoinedRows): FieldPreview[];
}

/** Called once a file. Throws `config_invalid`, all mistakes at once. */
export function compileMapping(
  mapping: Pick<Mapping, 'fields' | 'identity'>,
  context: MappingContext,
): CompiledMapping {
  const mapped = Object.entries(mapping.fields).flatMap(([target, field]) =>
    field.type === 'do_not_map' ? [] : [{ target, field }],
  );
  const fields = compileFields(mapped, mapping, context);
  const joinedFiles = [...new Set(mapped.flatMap(({ field }) => field.from ?? []))];
  return {
    targets: fields.map((field) => field.target),
    fields,
    uniqueTargets: mapped.flatMap(({ field }, index) => (field.unique ? [index] : [])),
    overwrite: mapped.map(({ field }, index) => field.overwrite && !fields[index]?.isAbsent),
    absent: fields.map((field) => field.isAbsent),
    onDifference: mapped.map(({ field }) => field.on_difference),
    joinedFiles,
    map: joinedFiles.length === 0 ? compileMap(fields) : compileJoinedMap(fields),
    explain: (values, joined) => fields.map((field) => explainField(field, values, joined)),
  };
}

function compileFields(
  mapped: readonly { target: string; field: MappedField }[],
  { identity }: Pick<Mapping, 'identity'>,
  { codeTables = new Map(), ...context }: MappingContext,
): CompiledField[] {
  const mistakes: AppError[] = [];
  const fields = mapped.flatMap(({ target, field }) => {
    try {
      return [compileOne(target, field, { ...context, codeTables, birthDate: identity.birth_date })];
    } catch (thrown) {
      if (thrown instanceof AppErrors) mistakes.push(...thrown.errors);
      else if (thrown instanceof AppError) mistakes.push(thrown);
      else throw thrown;
      return [];
    }
  });
  throwAll(mistakes);
  return fields;
}

function compileOne(
  target: string,
  field: MappedField,
  context: FieldContext & Pick<MappingContext, 'joined'>,
): CompiledField {
  const { from } = field;
  return from === undefined
    ? compileField(target, field, context)
    : compileJoinedField(target, { ...field, from }, context);
}

/** Of a mapping without joined rows, which is nearly every one: it pays nothing for them. */
function compileMap(fields: readonly CompiledField[]): CompiledMapping['map'] {
  const maps = fields.map((field) => field.map);
  return (values) => {
    const record: string[] = [];
    for (const map of maps) {
      const value = map(values);
      if (typeof value !== 'string') return { findings: findingsOf(fields, values) };
      record.push(value);
    }
    return record;
  };
}

function compileJoinedMap(fields: readonly CompiledField[]): CompiledMapping['map'] {
  return (values, joined) => {
    const record: string[] = [];
    for (const field of fields) {
      const value = field.map(values, joined);
      if (typeof value !== 'string') return { findings: findingsOf(fields, values, joined) };
      record.push(value);
    }
    return record;
  };
}

/** Rows that fail are few: they are mapped again to name every bad field. */
function findingsOf(
  fields: readonly CompiledField[],
  values: readonly string[],
  joined?: JoinedRows,
): Finding[] {
  return fields.flatMap((field) => {
    const { mapped } = explainField(field, values, joined);
    return typeof mapped === 'string' ? [] : [mapped];
  });
}

function explainField(field: CompiledField, values: readonly string[], joined?: JoinedRows): FieldPreview {
  const { target, type } = field;
  const source = field.source(values, joined);
  const result = field.map(values, joined);
  return {
    target,
    type,
    source,
    mapped: typeof result === 'string' ? result : asFinding(result, target, source),
  };
}

function asFinding({ code, message }: Flaw, field: string, value: string): Finding {
  return { code, field, message, value };
}
