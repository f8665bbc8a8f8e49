import type { DatabaseSync } from 'node:sqlite';
import type { FieldChange } from './ledger.ts';
import { prepareQuery } from './query.ts';

/** Fields by name, in the order of their layout. */
export type Fields = ReadonlyMap<string, string>;

/**
 * The fields of a file in their order, each order kept once. Records keep the layout with which they were delivered:
 * a mapping that gains a field does not rewrite a million records that did not change.
 */
export interface Layouts {
  numberOf(targets: readonly string[]): number;
  targetsOf(layout: number): readonly string[];
  /** What a record holds, by field. */
  fieldsOf(layout: number, content: string): Fields;
  /** Numbers that were given within a transaction that was rolled back are given again, to other fields. */
  forget(): void;
}

export function openLayouts(database: DatabaseSync): Layouts {
  const find = prepareQuery(database, 'SELECT layout FROM layouts WHERE targets = ?');
  const load = prepareQuery(database, 'SELECT targets FROM layouts WHERE layout = ?');
  const known = new Map<number, readonly string[]>();

  function targetsOf(layout: number): readonly string[] {
    const targets = known.get(layout) ?? readTexts(load.first(layout)?.[0]);
    known.set(layout, targets);
    return targets;
  }

  return {
    targetsOf,
    forget: () => known.clear(),
    numberOf(targets) {
      const text = JSON.stringify(targets);
      const found = find.first(text);
      if (found) return Number(found[0]);
      const { lastInsertRowid } = database.prepare('INSERT INTO layouts (targets) VALUES (?)').run(text);
      return Number(lastInsertRowid);
    },
    fieldsOf(layout, content) {
      const values = readTexts(content);
      return new Map(targetsOf(layout).map((target, at) => [target, values[at] ?? '']));
    },
  };
}

export function readTexts(json: unknown): readonly string[] {
  return JSON.parse(String(json));
}

/** What differs between two states of a record, of which either may be none. */
export function changedFields(before: Fields | undefined, after: Fields | undefined): FieldChange[] {
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...names]
    .map((field) => ({ field, before: before?.get(field) ?? null, after: after?.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** As they lie in a touch: without the names, which would be written a million times. */
export function writeChanges(changes: readonly FieldChange[]): string {
  return JSON.stringify(changes.map(({ field, before, after }) => [field, before, after]));
}

export function readChanges(json: string): FieldChange[] {
  const changes: [string, string | null, string | null][] = JSON.parse(json);
  return changes.map(([field, before, after]) => ({ field, before, after }));
}
