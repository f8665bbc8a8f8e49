import type { Mapping } from '../mapping/schema.ts';

/** For each target field, in file order: what comparing needs to know of it. */
export interface FieldRules {
  targets: readonly string[];
  /** A blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** The value is the day of the run, so that another one is no change. */
  volatile: readonly boolean[];
}

export function fieldRulesOf({ fields }: Pick<Mapping, 'fields'>): FieldRules {
  const mapped = Object.entries(fields).flatMap(([target, field]) =>
    field.type === 'do_not_map' ? [] : [{ target, field }],
  );
  return {
    targets: mapped.map(({ target }) => target),
    overwrite: mapped.map(({ field }) => field.overwrite),
    volatile: mapped.map(
      ({ field }) => field.type === 'transformation' && field.apply.some(({ name }) => name === 'today'),
    ),
  };
}
