import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { Mapping } from '../../mapping/schema.ts';

/** For each target field, in file order: what comparing needs to know of it. */
export interface FieldRules {
  targets: readonly string[];
  /** A blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** The value is the day of the run, so that another one is no change. */
  volatile: readonly boolean[];
}

export function fieldRulesOf(
  { targets, overwrite }: CompiledMapping,
  { fields }: Pick<Mapping, 'fields'>,
): FieldRules {
  return { targets, overwrite, volatile: targets.map((target) => isDayOfRun(fields[target])) };
}

function isDayOfRun(field: Mapping['fields'][string] | undefined): boolean {
  return field?.type === 'transformation' && field.apply.some(({ name }) => name === 'today');
}
