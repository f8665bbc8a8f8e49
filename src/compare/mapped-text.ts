import type { Standing } from '../vocabulary/standing.ts';

const SEPARATOR = '\u001f';

/** A record as far as a comparison looks at it. */
export interface MappedLine extends Standing {
  values: readonly string[];
  /** The values as they were written for the other side, in one text. */
  line: string;
}

/**
 * The text whose hash is kept as `mapped`. It has everything that a comparison looks at: the values, the
 * standing of the student, and what the mapping says about fields and blanks. So the same hash means that the
 * whole comparison would find nothing.
 * @param digest makes what the mapping says short, because it stands in the text of every record
 */
export function compileMappedText(
  mapping: MappedRules,
  digest?: (text: string) => string,
): (record: MappedLine) => string {
  const { volatile = [] } = mapping;
  const opening = compileMappedOpening(mapping, digest);
  const textOf = volatile.includes(true)
    ? ({ values }: MappedLine) => values.filter((_, at) => !volatile[at]).join(SEPARATOR)
    : ({ line }: MappedLine) => line;
  return (record) => opening(record) + textOf(record);
}

interface MappedRules {
  targets: readonly string[];
  overwrite: readonly boolean[];
  volatile?: readonly boolean[];
}

/** How that text begins; where no field is volatile, the line of the record follows. */
export function compileMappedOpening(
  { targets, overwrite, volatile = [] }: MappedRules,
  digest: (text: string) => string = (text) => text,
): (standing: Standing) => string {
  const rules = targets.map((target, at) => `${target}${overwrite[at] ? '!' : ''}${volatile[at] ? '~' : ''}`);
  const seed = digest(rules.join(SEPARATOR));
  return ({ active, school, grade }) =>
    `${seed}${SEPARATOR}${active ? 'active' : 'inactive'}${SEPARATOR}${school}${SEPARATOR}${grade}${SEPARATOR}`;
}
