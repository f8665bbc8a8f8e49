import { compileCondition } from '../conditions/compile-condition.ts';
import { AppError } from '../errors/app-error.ts';
import type { ColumnFinder } from '../vocabulary/row.ts';
import { type CompiledField, compileField, type FieldContext, type MappedField } from './compile-field.ts';
import { compileChecks } from './field-checks.ts';
import { inOrder } from './order-rows.ts';

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
  const { find } = joinedFile(target, from, context.joined);
  const rowOf = compileChoice(target, field, { find, today: context.day.date });
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
      const row = rowOf(joined?.get(from));
      return row === undefined ? whenMissing : map(row);
    },
    source: (_values, joined) => {
      const row = rowOf(joined?.get(from));
      return row === undefined ? '' : compiled.source(row);
    },
  };
}

type Rows = readonly (readonly string[])[];

/** Which of the rows it is: of those that are meant, in their order. */
function compileChoice(
  target: string,
  { where, order_by: orderBy, nth = 1 }: MappedField,
  { find, today }: { find: ColumnFinder; today: string },
): (rows: Rows | undefined) => readonly string[] | undefined {
  const isMeant = where && compileCondition(where, find, { usedBy: `fields.${target}.where`, today });
  const place = orderBy === undefined ? undefined : find(orderBy, `fields.${target}.order_by`);
  return (rows = []) => {
    const meant = isMeant ? rows.filter(isMeant) : rows;
    return (place ? inOrder(meant, place) : meant)[nth - 1];
  };
}

function joinedFile(target: string, from: string, joined: JoinedFiles | undefined): { find: ColumnFinder } {
  const file = joined?.(from);
  if (file) return file;
  throw new AppError('config_invalid', `fields.${target} reads ${from}, which is not joined to this file`, {
    hint: 'Name a file of the connection.',
  });
}
