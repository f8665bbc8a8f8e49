import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { Mapping } from '../../mapping/schema.ts';
import { isDayOfRun } from '../../mapping/transforms/date.ts';

/** For each target field, in file order: what comparing needs to know of it. */
export interface FieldRules {
  targets: readonly string[];
  /** A blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** The value is the day of the run, so that another one is no change. */
  volatile: readonly boolean[];
}

export function fieldRulesOf(
  { targets, overwrite, absent }: CompiledMapping,
  { fields }: Pick<Mapping, 'fields'>,
): FieldRules {
  const volatile = targets.map((target, at) => isVolatile(fields[target], absent[at] ?? false));
  return { targets, overwrite, volatile };
}

function isVolatile(field: Mapping['fields'][string] | undefined, isAbsent: boolean): boolean {
  return field?.type === 'transformation' && field.apply.some((step) => isDayOfRun(step, isAbsent));
}
