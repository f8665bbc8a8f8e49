import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
  type CompiledMapping,
  compileMapping,
  type MappingContext,
} from '../../src/mapping/compile-mapping.ts';
import { mappingSchemaOf } from '../../src/mapping/schema.ts';
import type { KeyedHash, TemporaryIdSource } from '../../src/mapping/transforms/transform.ts';
import { type ColumnFinder, NO_COLUMN } from '../../src/vocabulary/row.ts';
import type { RunDay } from '../../src/vocabulary/run.ts';

export const A_DAY: RunDay = {
  date: '2026-11-22',
  time: '033000',
  schoolYear: { startYear: 2026, firstDay: '2026-07-01', lastDay: '2027-06-30' },
};

/** The schema of a mapping without what other rooms say about reading and writing. */
export const mappingSchema = mappingSchemaOf({ read: z.unknown().optional(), write: z.unknown().optional() });

export function aMapping(fields: object, identity: object = { id: 'ID' }) {
  return mappingSchema.parse({ version: 1, record: 'students', identity, fields });
}

/** Finds columns in a header as a file's own finder does, and remembers what it was asked for in vain. */
export function findIn(header: readonly string[]): { find: ColumnFinder; missing: string[] } {
  const missing: string[] = [];
  const find: ColumnFinder = (ref, usedBy, { optional = false } = {}) => {
    const at = [ref]
      .flat()
      .map((name) => header.indexOf(name))
      .find((index) => index >= 0);
    if (at === undefined && !optional) missing.push(`${usedBy}: ${[ref].flat().join(' or ')}`);
    return at === undefined ? NO_COLUMN : (values) => values[at] ?? '';
  };
  return { find, missing };
}

/** The secret with which the documented examples are made. */
export const hashWithExample: KeyedHash = () => (text) =>
  createHmac('sha256', 'an example, not a secret').update(text).digest('hex');

/** Temporary ids from 1, as a ledger without any gives them. */
export function countIds(): TemporaryIdSource {
  const given = new Map<string, string>();
  return (prefix, key) => {
    const name = JSON.stringify([prefix, key]);
    const id = given.get(name) ?? `${prefix}${given.size + 1}`;
    given.set(name, id);
    return id;
  };
}

/** Compiles fields over a header. */
export function compiled(
  fields: object,
  header: readonly string[],
  more: { identity?: object } & Partial<MappingContext> = {},
): CompiledMapping {
  const { identity, ...context } = more;
  return compileMapping(aMapping(fields, identity), {
    find: findIn(header).find,
    day: A_DAY,
    keyedHash: hashWithExample,
    temporaryId: countIds(),
    category: () => undefined,
    ...context,
  });
}

/** One field over one column, as a function of its value: what is sent, or the codes of the findings. */
export function oneField(field: object): (value: string) => string | string[] {
  const { map } = compiled({ target: field }, ['A']);
  return (value) => {
    const result = map([value]);
    return Array.isArray(result) ? (result[0] ?? '') : result.findings.map((finding) => finding.code);
  };
}
