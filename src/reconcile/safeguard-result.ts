import { describeValue, exceeds } from './percentage.ts';
import type { Limit } from './schema.ts';

export type SafeguardName =
  | 'min_rows'
  | 'max_rejected'
  | 'max_removed'
  | 'max_created'
  | 'max_updated'
  | 'max_size_change'
  /** How many schools were measured one by one; a school that breached a limit is listed under that limit. */
  | 'per_school'
  | 'school_gone';

export interface SafeguardResult {
  name: SafeguardName;
  /** The file of the drop; left out where there was nothing to measure against. */
  file?: string;
  /** Only where one school is meant; the code as the extract has it. */
  school?: string;
  /** As it stands in the settings: `10%` or `25`. */
  limit: string;
  /** `0.4%` beside a percentage, `12` beside a number, or `not measured`. */
  value: string;
  breached: boolean;
  /** What was measured, for a person. */
  sentence: string;
}

export interface Measure {
  name: SafeguardName;
  file: string;
  school?: string;
  count: number;
  base: number;
  limit: Limit;
  /** What was counted, without a full stop. */
  what: string;
  /** The key of the limit, where it is not the name. */
  key?: string;
}

/** A count held against its limit. */
export function holdAgainst({ name, file, school, count, base, limit, what, key }: Measure): SafeguardResult {
  const value = describeValue(count, base, limit);
  return {
    name,
    file,
    ...(school === undefined ? {} : { school }),
    limit: String(limit),
    value,
    breached: exceeds(count, base, limit),
    sentence: `${what} (${value}); ${key ?? name} allows ${limit}.`,
  };
}

/** A limit that had nothing to be held against is still shown, so that nobody takes it for switched off. */
export function notMeasured(name: SafeguardName, limit: Limit, why: string): SafeguardResult {
  const sentence = `${name} was not measured: ${why}.`;
  return { name, limit: String(limit), value: 'not measured', breached: false, sentence };
}

/** What each of the three counts, for a person. */
export const COUNTED = {
  max_removed: 'gone or no longer carried',
  max_created: 'new',
  max_updated: 'changed',
} as const;

/** 12,345 */
export function writeNumber(count: number): string {
  return count.toLocaleString('en-US');
}
