import type { Condition } from '../conditions/schema.ts';

export const MIN_AGE = 5;
export const MAX_AGE = 21;
export const AS_OF = '09-01';

export const TURNINGS = ['included', 'excluded'] as const;
export type Turning = (typeof TURNINGS)[number];

export const UNTILS = ['reference_date', 'birthday', 'end_of_school_year'] as const;
export type Until = (typeof UNTILS)[number];

interface AgeAsOf {
  /** MM-dd of the running school year, or 'today'. */
  as_of: string;
  turning: Turning;
  until: Until;
}
/** Completed years, both ends included. */
export type AgeByLimits = AgeAsOf & { min: number; max: number };
export type AgeByBands = AgeAsOf & { bands: AgeBand[] };
export interface AgeBand {
  min: number;
  max: number;
  where?: Condition | undefined;
  until?: Until | undefined;
}
export interface AgeByState {
  state: string;
  turning?: Turning;
}
export type AgeSettings = AgeByLimits | AgeByBands | AgeByState;

/** What a person wrote under `age`, before it is known which of the three kinds it is. */
export interface WrittenAge extends Partial<{ [Key in keyof AgeByLimits]: AgeByLimits[Key] | undefined }> {
  bands?: AgeBand[] | undefined;
  state?: string | undefined;
}

/** The rule of a connection that names none, where the mapping reads a birth date. */
export const DEFAULT_AGE: AgeSettings = asAgeSettings({});

export function asAgeSettings(written: WrittenAge): AgeSettings {
  const { state, bands, turning, min = MIN_AGE, max = MAX_AGE } = written;
  if (state !== undefined) return { state, ...(turning === undefined ? {} : { turning }) };
  const day: AgeAsOf = {
    as_of: written.as_of ?? AS_OF,
    turning: turning ?? 'included',
    until: written.until ?? 'reference_date',
  };
  return bands === undefined ? { min, max, ...day } : { bands, ...day };
}

/** Which of the written keys exclude each other, in a sentence; undefined where none do. */
export function findContradiction(written: WrittenAge): string | undefined {
  const beside = (allowed: readonly string[]) => Object.keys(written).find((key) => !allowed.includes(key));
  if (written.state !== undefined) {
    const other = beside(['state', 'turning']);
    return other && `${other} cannot stand beside state, whose row of the table says it`;
  }
  if (written.bands !== undefined) {
    const other = beside(['bands', 'as_of', 'turning', 'until']);
    return other && `${other} cannot stand beside bands: put it into each band`;
  }
  const { min = MIN_AGE, max = MAX_AGE } = written;
  return min > max ? 'min is above max, so nobody is of age' : undefined;
}
