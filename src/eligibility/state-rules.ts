import type { Turning, Until } from './age-settings.ts';
import type { StateAgeRow, StateAgeTable } from './schema.ts';

/** A row of the dated table from which an age rule can be made. */
export interface StateRule {
  state: string;
  name: string;
  /** Completed years, both ends included. */
  min: number;
  max: number;
  /** MM-dd of the running school year. */
  as_of: string;
  turning: Turning;
  until: Until;
  source: string;
  year: number;
}

/** The rule of a state, or a sentence that says why there is none and what to write in its place. */
export function chooseStateRule(table: StateAgeTable, state: string): StateRule | string {
  const row = table.states.find((one) => one.state === state);
  if (!row) return `the table of states has no row ${state}; ${writeItOut()}`;
  if (row.local) return `in ${row.name} each district decides the entrance age; ${writeItOut(row)}`;
  const { max } = row;
  if (max === undefined) return `the table of states has no upper age for ${row.name}; ${writeItOut(row)}`;
  return { ...row, max };
}

function writeItOut(row?: StateAgeRow): string {
  const max = row?.max ?? 20;
  const min = row && !row.local ? row.min : 5;
  const asOf = row && !row.local ? row.as_of : '09-01';
  return `write its rule out, such as age: { min: ${min}, max: ${max}, as_of: "${asOf}" }`;
}
