import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** The columns of a row in their order: a million rows as arrays are read in half the time of as many objects. */
export type Row = readonly SQLOutputValue[];

export interface Query {
  all(...values: SQLInputValue[]): readonly Row[];
  /** Undefined where there is no row. */
  first(...values: SQLInputValue[]): Row | undefined;
}

export function prepareQuery(database: DatabaseSync, sql: string): Query {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return {
    all(...values) {
      // The types of node:sqlite do not know of rows that are arrays.
      const rows: unknown = statement.all(...values);
      return Array.isArray(rows) ? rows : [];
    },
    first(...values) {
      const row: unknown = statement.get(...values);
      return Array.isArray(row) ? row : undefined;
    },
  };
}
