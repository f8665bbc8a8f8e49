import { AppError } from '../errors/app-error.ts';
import type { ColumnFinder } from '../vocabulary/row.ts';
import { type CompiledField, compileField, type FieldContext, type MappedField } from './compile-field.ts';
import { compileChecks } from './field-checks.ts';

/** A file whose rows are joined to the records: where its columns stand. Undefined where it is not joined. */
export type JoinedFiles = (file: string) => { find: ColumnFinder } | undefined;

/**
 * One target field that is made of a joined row: all its columns are those of that file. Where the record has no such row
 * nothing is made, and the blank is then asked what any blank is asked.
 */
export function compileJoinedField(
  target: string,
  field: MappedField & { from: string },
  context: FieldContext & { joined?: JoinedFiles | undefined },
): CompiledField {
  const { from } = field;
  const nth = (field.nth ?? 1) - 1;
  const { find } = joinedFile(target, from, context.joined);
  const { map, ...compiled } = compileField(target, field, {
    ...context,
    find,
    birthDate: undefined,
    category: undefined,
  });
  const whenMissing = compileChecks(field)?.('') ?? '';
  return {
    ...compiled,
    map: (_values, joined) => {
      const row = joined?.get(from)?.[nth];
      return row === undefined ? whenMissing : map(row);
    },
    source: (_values, joined) => {
      const row = joined?.get(from)?.[nth];
      return row === undefined ? '' : compiled.source(row);
    },
  };
}

function joinedFile(target: string, from: string, joined: JoinedFiles | undefined): { find: ColumnFinder } {
  const file = joined?.(from);
  if (file) return file;
  throw new AppError('config_invalid', `fields.${target} reads ${from}, which is not joined to this file`, {
    hint: 'Name a file of the connection.',
  });
}
