import { openDice } from '../year/dice.ts';

/** Chance that can be repeated: the same seed, the same picks. */
export interface Chance {
  /** From 0 on. */
  below(end: number): number;
  /** True once in so many times. */
  once(among: number): boolean;
  one<T>(list: readonly T[]): T;
  /** From none to so many. */
  some<T>(most: number, make: () => T): T[];
}

export function openChance(seed: number): Chance {
  // Seeds that follow each other shall not begin alike.
  const { below, pick } = openDice(Math.imul(seed + 1, 0x9e3779b1));
  return {
    below,
    once: (among) => below(among) === 0,
    one: pick,
    some: (most, make) => Array.from({ length: below(most + 1) }, make),
  };
}
