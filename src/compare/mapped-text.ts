import type { KnownRecord, MappedRecord } from './compare-record.ts';

const SEPARATOR = '\u001f';

/**
 * The text whose hash is kept as `mapped`. It has everything that a comparison looks at: the values, the
 * standing of the student, and what the mapping says about fields and blanks. So the same hash means that the
 * whole comparison would find nothing.
 */
export function compileMappedText(mapping: {
  targets: readonly string[];
  overwrite: readonly boolean[];
}): (record: Omit<MappedRecord, 'id'>) => string {
  const rules = mapping.targets.map((target, at) => (mapping.overwrite[at] ? `${target}!` : target));
  const seed = rules.join(SEPARATOR);
  return ({ values, active, school, grade }) =>
    [seed, active ? 'active' : 'inactive', school, grade, ...values].join(SEPARATOR);
}

/**
 * The fast path: the record is `unchanged`, and what is delivered is `before.values`, in the order of
 * tonight's targets.
 * @param mapped the hash of tonight's mapped text, 16 hex digits
 */
export function isAsDelivered(before: KnownRecord | undefined, mapped: string): before is KnownRecord {
  return before !== undefined && before.deactivated !== true && mapped !== '' && before.mapped === mapped;
}
