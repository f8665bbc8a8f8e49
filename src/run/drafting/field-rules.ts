import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { Mapping } from '../../mapping/schema.ts';
import { dayForBlank, isDayOfRun } from '../../mapping/transforms/date.ts';
import type { RunDay } from '../../vocabulary/run.ts';

/** For each target field, in file order: what comparing needs to know of it. */
export interface FieldRules {
  targets: readonly string[];
  /** A blank clears the value at the other side. */
  overwrite: readonly boolean[];
  /** The file has none of its columns. */
  absent: readonly boolean[];
  /** The value is the day of the run, so that another one is no change. */
  volatile: readonly boolean[];
  /** What stands there where the source says nothing, so that a last value stays. */
  standIns: readonly (string | undefined)[];
}

export function fieldRulesOf(
  { targets, overwrite, absent }: CompiledMapping,
  { fields }: Pick<Mapping, 'fields'>,
  day: RunDay,
): FieldRules {
  const volatile = targets.map((target, at) => isVolatile(fields[target], absent[at] ?? false));
  const standIns = targets.map((target, at) => (volatile[at] ? undefined : standInOf(fields[target], day)));
  return { targets, overwrite, absent, volatile, standIns };
}

function isVolatile(field: Mapping['fields'][string] | undefined, isAbsent: boolean): boolean {
  return field?.type === 'transformation' && field.apply.some((step) => isDayOfRun(step, isAbsent));
}

/** A step behind it would make another text of it, so only the last one counts. */
function standInOf(field: Mapping['fields'][string] | undefined, day: RunDay): string | undefined {
  const last = field?.type === 'transformation' ? field.apply.at(-1) : undefined;
  return last && dayForBlank(last, day);
}
